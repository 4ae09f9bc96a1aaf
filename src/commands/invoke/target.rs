//! Who answers: a function on this machine, one in AWS, or an endpoint. A target is found once and
//! asked as often as need be.

use super::super::exit::Fault;
use super::super::io::Io;
use super::Invoke;
use super::case::{Case, case};
use super::endpoint::{self, EndpointTarget};
use super::function::FunctionTarget;
use super::lambda::LambdaTarget;
use super::verdict::{Verdict, unrouted};
use crate::http::Request;
use std::path::Path;

/// A target as the command line names it.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) enum Named<'a> {
    /// A binary on this machine.
    Bin(&'a Path),
    /// A handler in a file.
    Handler(&'a str),
    /// A line that builds a function, or starts it.
    Command(&'a str),
    /// A function in AWS.
    Function(&'a str),
    /// An endpoint.
    Url(&'a str),
}

impl<'a> Named<'a> {
    /// The target of the flags.
    ///
    /// # Errors
    /// When they name none.
    pub(in crate::commands) fn of(args: &'a Invoke) -> Result<Self, Fault> {
        let url = args.endpoint.url.as_deref().map(Self::Url);
        let function = args.function.function.as_deref().map(Self::Function);
        let handler = args.local.handler.as_deref().map(Self::Handler);
        let command = args.local.cmd.as_deref().map(Self::Command);
        let bin = args.local.bin.as_deref().map(Self::Bin);
        url.or(function).or(handler).or(command).or(bin).ok_or_else(Self::missing)
    }

    /// There is no target.
    pub(super) fn missing() -> Fault {
        Fault::usage("invoke needs a target: --bin, --handler, --cmd, --function or --url")
    }
}

/// What a target is asked.
#[derive(Debug, Clone)]
pub(in crate::commands) enum Question {
    /// An event, of a function.
    Event(Box<Case>),
    /// A request with its path below the URL, of an endpoint.
    Request(Box<Request>),
}

impl Question {
    /// What the flags ask of that target.
    ///
    /// # Errors
    /// Faults of the command line and of the files that it names.
    pub(super) fn of(named: Named<'_>, args: &Invoke, io: &mut Io) -> Result<Self, Fault> {
        Ok(match named {
            Named::Url(_) => Self::Request(Box::new(endpoint::request(args, io)?)),
            _ => Self::Event(Box::new(case(args, io)?)),
        })
    }
}

/// Somebody who answers.
#[derive(Debug)]
pub(in crate::commands) enum Target {
    /// A function on this machine.
    Function(Box<FunctionTarget>),
    /// A function in AWS.
    Lambda(Box<LambdaTarget>),
    /// An endpoint.
    Endpoint(Box<EndpointTarget>),
}

impl Target {
    /// Finds whom the name means, for questions like `first`; `None` if that was interrupted.
    ///
    /// # Errors
    /// Faults of the command line; nothing is started or sent yet.
    pub(in crate::commands) fn find(
        named: Named<'_>,
        args: &Invoke,
        first: &Question,
        io: &mut Io,
    ) -> Result<Option<Self>, Fault> {
        Ok(match (named, first) {
            (Named::Url(url), Question::Request(first)) => {
                EndpointTarget::find(url, args, first, io)?.map(|target| Self::Endpoint(Box::new(target)))
            }
            (Named::Function(name), _) => {
                LambdaTarget::find(name, args, io)?.map(|target| Self::Lambda(Box::new(target)))
            }
            (_, Question::Event(case)) => {
                let found = FunctionTarget::find(named, args, case, io)?;
                found.map(|target| Self::Function(Box::new(target)))
            }
            _ => return Err(unfit()),
        })
    }

    /// Asks once, and judges the answer.
    ///
    /// # Errors
    /// When there is nobody to answer: a program that cannot be started, a network that fails.
    pub(in crate::commands) async fn ask(&mut self, question: Question) -> Result<Verdict, Fault> {
        if let Question::Event(case) = &question
            && let Err(unroutable) = &case.event
        {
            return Ok(unrouted(case, unroutable));
        }
        match (self, question) {
            (Self::Endpoint(endpoint), Question::Request(request)) => endpoint.ask(*request).await,
            (Self::Function(function), Question::Event(case)) => function.ask(*case).await,
            (Self::Lambda(lambda), Question::Event(case)) => lambda.ask(*case).await,
            _ => Err(unfit()),
        }
    }

    /// Another one that is asked beside it: a process of its own, or the same way to the same place.
    pub(super) fn another(&self) -> Self {
        match self {
            Self::Function(function) => Self::Function(Box::new(function.another())),
            Self::Lambda(lambda) => Self::Lambda(lambda.clone()),
            Self::Endpoint(endpoint) => Self::Endpoint(endpoint.clone()),
        }
    }

    /// The function on this machine, of those commands that are about one.
    ///
    /// # Errors
    /// When it is another target.
    pub(super) fn function(&mut self) -> Result<&mut FunctionTarget, Fault> {
        match self {
            Self::Function(function) => Ok(function),
            Self::Lambda(_) | Self::Endpoint(_) => Err(unfit()),
        }
    }

    /// Ends what was started.
    pub(in crate::commands) async fn close(self) {
        if let Self::Function(function) = self {
            function.close().await;
        }
    }
}

/// A target and a question that do not go together.
pub(super) fn unfit() -> Fault {
    Fault::usage("an endpoint takes requests, and functions take events")
}
