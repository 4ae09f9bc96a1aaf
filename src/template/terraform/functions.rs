//! `aws_lambda_function` with its code, and `aws_lambda_function_url`.

use super::resource::Resource;
use crate::gateway::{Cors, Flavor, Route};
use crate::template::cfn::Resolved;
use crate::template::code::FunctionCode;
use crate::template::model::{Api, ApiRoute, Auth, Function, Model, Target};
use crate::template::node::Node;
use crate::template::settings::{ApiSettings, RouteSettings};
use std::collections::HashMap;

/// How deep modules may nest.
const MAX_DEPTH: usize = 32;

/// By the path of an archive that `data.archive_file` writes, the directory that it packs.
pub(super) type Archives = HashMap<String, String>;

/// The archives that a plan has made.
pub(super) fn archives(root: &Node) -> Archives {
    let mut archives = Archives::new();
    let values = |name: &str| root.get(name)?.get("values");
    let module =
        values("prior_state").or_else(|| root.get("values")).and_then(|values| values.get("root_module"));
    if let Some(module) = module {
        collect(module, &mut archives, 0);
    }
    archives
}

fn collect(module: &Node, archives: &mut Archives, depth: usize) {
    for node in module.get("resources").map_or(&[][..], Node::items) {
        let Some(values) = node.get("values").filter(|_| node.text_of("type") == Some("archive_file")) else {
            continue;
        };
        let parent = |file: &str| match file.rsplit_once('/') {
            Some((parent, _)) if !parent.is_empty() => parent.to_owned(),
            _ => ".".to_owned(),
        };
        let text = |name: &str| values.text_of(name).filter(|text| !text.is_empty());
        let directory = text("source_dir").map(str::to_owned).or_else(|| text("source_file").map(parent));
        if let (Some(path), Some(directory)) = (text("output_path"), directory) {
            archives.insert(path.to_owned(), directory);
        }
    }
    for child in module.get("child_modules").map_or(&[][..], Node::items).iter().filter(|_| depth < MAX_DEPTH)
    {
        collect(child, archives, depth + 1);
    }
}

/// Adds a function.
pub(super) fn read(resource: &Resource<'_>, archives: &Archives, model: &mut Model) {
    let number = |name: &str| resource.text(name)?.text().parse().ok();
    let file = resource.text("filename").map(|file| match archives.get(file.text()) {
        Some(directory) => Resolved::known(directory.as_str(), file.span()),
        None => file,
    });
    let stored = || {
        let (bucket, key) = (resource.text("s3_bucket")?, resource.text("s3_key")?);
        Some(Resolved::known(format!("s3://{bucket}/{key}"), bucket.span()))
    };
    let code = FunctionCode {
        uri: file.or_else(|| resource.text("image_uri")).or_else(stored),
        handler: resource.text("handler"),
        runtime: resource.text("runtime"),
        inline: None,
        is_image: resource.text("package_type").is_some_and(|kind| kind.text() == "Image"),
        timeout: number("timeout"),
        memory: number("memory_size"),
        environment: resource.block("environment").map_or_else(Vec::new, |block| block.pairs("variables")),
    };
    let (name, origin) = (resource.text("function_name"), resource.origin());
    model.functions.push(Function { name, alias: None, code, origin });
}

/// Adds a function URL.
pub(super) fn url(resource: &Resource<'_>, model: &mut Model) {
    let Some(mut function) = resource.text("function_name") else {
        let message = format!("{}: its function is not known", resource.address);
        return model.leave_out(resource.span(), message);
    };
    if let Some(qualifier) = resource.text("qualifier") {
        function.push(":", function.span(), false);
        function.append(&qualifier);
    }
    let auth = match resource.text("authorization_type").as_ref().map(Resolved::text) {
        Some("AWS_IAM") => Auth::Iam,
        Some("NONE") => Auth::Open,
        _ => Auth::Unknown,
    };
    let streaming = resource.text("invoke_mode").is_some_and(|mode| mode.text() == "RESPONSE_STREAM");
    let route = ApiRoute {
        route: Route::Default,
        target: Target::Lambda { function, by_role: false },
        authorizer: None,
        auth,
        settings: RouteSettings { streaming, ..RouteSettings::default() },
        origin: resource.origin(),
    };
    let cors = resource.block("cors").map(|block| cors(&block));
    model.function_urls.push(Api {
        flavor: Flavor::Url,
        id: resource.own("url_id"),
        arn: resource.own("function_arn"),
        stages: Vec::new(),
        routes: vec![route],
        authorizers: Vec::new(),
        private: None,
        settings: ApiSettings { cors, streaming, ..ApiSettings::default() },
        origin: resource.origin(),
    });
}

/// A configuration of CORS, of a function URL or an HTTP API.
pub(super) fn cors(block: &Resource<'_>) -> Cors {
    let texts = |name: &str| block.texts(name).iter().map(|text| text.text().to_owned()).collect();
    Cors {
        allow_origins: texts("allow_origins"),
        allow_credentials: block.is_true("allow_credentials"),
        expose_headers: texts("expose_headers"),
        allow_methods: texts("allow_methods"),
        allow_headers: texts("allow_headers"),
        max_age: block.text("max_age").and_then(|text| text.text().parse().ok()),
    }
}
