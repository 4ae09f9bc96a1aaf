//! Signatures that AWS does not accept, whatever front end asks for them. The words are those
//! of IAM's own documentation.

use super::Sign::Words;
use super::{Cause, Who};

/// A refusal of a signature.
const REFUSED: Cause = Cause { who: Who::Iam, ..Cause::PLAIN };

pub(super) static ALL: &[&Cause] = &[&SCOPE, &TIME, &EXPIRED, &UNKNOWN_KEY, &NOT_A_SIGNATURE, &MISMATCH];

static SCOPE: Cause = Cause {
    name: "signature-scope",
    title: "the request is signed for another region or service",
    signs: &[Words("Credential should be scoped to")],
    means: "A signature holds for one region and one service: execute-api for APIs of API Gateway, lambda for function URLs, the region of the host name for both. Behind a domain of one's own they cannot be read from the name.",
    next: &[
        "sign for the region and the service of the API: apigw invoke --sign --region REGION --service NAME",
    ],
    ..REFUSED
};

static TIME: Cause = Cause {
    name: "signature-time",
    title: "the signature is too old, or from the future",
    signs: &[
        Words("Signature expired:"),
        Words("Signature not yet current:"),
        Words("Date in Credential scope does not match"),
    ],
    means: "AWS takes a signature for some minutes around the time that it holds. The message names both times.",
    next: &["set this machine's clock", "sign each request when it is sent, not beforehand"],
    ..REFUSED
};

static EXPIRED: Cause = Cause {
    name: "credentials-expired",
    title: "the credentials that signed the request have expired",
    signs: &[Words("The security token included in the request is expired"), Words("ExpiredToken")],
    means: "Credentials of a role or a session hold for some hours.",
    next: &[
        "get new ones: aws sso login, or what else gives you them; old ones may be left in the environment",
    ],
    ..REFUSED
};

static UNKNOWN_KEY: Cause = Cause {
    name: "credentials-unknown",
    title: "AWS does not know the access key that signed the request",
    signs: &[
        Words("The security token included in the request is invalid"),
        Words("UnrecognizedClientException"),
        Words("InvalidClientTokenId"),
    ],
    means: "The id of the access key is wrong, the key was deleted or is not active, it is of another partition, or it is one of a session and came without its token.",
    next: &[
        "ask who the credentials are: aws sts get-caller-identity",
        "with temporary credentials, set AWS_SESSION_TOKEN as well",
    ],
    ..REFUSED
};

static NOT_A_SIGNATURE: Cause = Cause {
    name: "signature-malformed",
    title: "the Authorization header is no signature, and the method wants one",
    signs: &[
        Words("Authorization header requires 'Credential' parameter"),
        Words("not a valid key=value pair (missing equal-sign) in Authorization header"),
        Words("IncompleteSignatureException"),
    ],
    means: "The method has IAM authorization, or a REST API has no such path or method: it then looks for a signature in any Authorization header (Bearer …), and complains of its form.",
    next: &[
        "check that path, method and stage exist: without the header the answer would be Missing Authentication Token",
        "for IAM authorization, sign the request: apigw invoke --url … --sign",
    ],
    ..REFUSED
};

static MISMATCH: Cause = Cause {
    name: "signature-mismatch",
    title: "the request's signature does not hold",
    signs: &[
        Words("The request signature we calculated does not match"),
        Words("InvalidSignatureException"),
        Words("SignatureDoesNotMatch"),
    ],
    means: "The secret is not that of the access key, or what arrived is not what was signed: a proxy changed a header, or path and query were escaped in another way. Where the message shows the canonical request, compare it with the signer's line by line.",
    next: &[
        "see that access key, secret and session token are of one piece",
        "sign what is sent, in its final form: apigw invoke --url … --sign escapes path and query as AWS does",
        "take proxies out of the way, or leave the headers that they change unsigned",
    ],
    ..REFUSED
};
