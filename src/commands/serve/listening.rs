//! The ports of a plan: which API answers on which, and what is said of them at the start.

use super::super::exit::Fault;
use super::super::io::{Io, plain};
use super::Serve;
use super::plan::{Plan, PlannedApi, used};
use crate::gateway::door::{Deployment, Integration};
use crate::gateway::{Domain, Flavor};
use crate::report::human::printable;
use crate::transport::serve::{HttpServer, Port, ServerLimits, Site};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// A port that listens.
pub(super) struct Listening {
    /// The APIs that it serves, by their names.
    pub(super) apis: Vec<String>,
    pub(super) port: Arc<Port>,
    pub(super) address: SocketAddr,
    pub(super) server: HttpServer,
}

/// Opens the ports of a plan.
///
/// # Errors
/// APIs that cannot share a port, and ports that cannot be had.
pub(super) async fn open(plan: &Plan, args: &Serve, io: &mut Io) -> Result<Vec<Listening>, Fault> {
    let groups: Vec<Vec<&PlannedApi>> = match args.one_port {
        true => vec![plan.apis.iter().collect()],
        false => plan.apis.iter().map(|api| vec![api]).collect(),
    };
    let mut listening = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        if args.one_port {
            distinct(&group)?;
        }
        let offset = u16::try_from(index).unwrap_or_default();
        let number = if args.port == 0 { 0 } else { args.port.saturating_add(offset) };
        let address = SocketAddr::new(args.host, number);
        let sites = group.iter().flat_map(|api| sites(api, (plan, args), io)).collect();
        let port = Arc::new(Port::new(sites));
        let bound = HttpServer::bind(address, Arc::clone(&port), ServerLimits::default()).await;
        let server = bound.map_err(|error| port_fault(address, "--port", &error))?;
        let address = server.address().map_err(|error| port_fault(address, "--port", &error))?;
        let apis = group.iter().map(|api| api.name.clone()).collect();
        listening.push(Listening { apis, port, address, server });
    }
    Ok(listening)
}

/// An API as it answers under its own name, and once more for each base path.
pub(super) fn sites(api: &PlannedApi, (plan, args): (&Plan, &Serve), io: &Io) -> Vec<Arc<Site>> {
    let mut deployments = vec![api.deployment.clone()];
    for base_path in &api.base_paths {
        let mut deployment = api.deployment.clone();
        deployment.map_to(Domain::Custom { name: "localhost".to_owned(), base_path: base_path.clone() });
        deployments.push(deployment);
    }
    let site = |deployment: Deployment| {
        let functions: BTreeMap<_, _> =
            plan.functions.iter().map(|(name, pool)| (name.clone(), Arc::clone(pool))).collect();
        let site = Site::new(deployment, functions, (io.now(), io.entropy));
        Arc::new(match args.apis.throttle {
            Some(throttle) => site.throttled(throttle),
            None => site,
        })
    };
    deployments.into_iter().map(site).collect()
}

/// Tells functions where `@connections` is: that of their own WebSocket API, else of the first.
pub(super) fn endpoints(plan: &Plan, ports: &[(&[String], SocketAddr)]) {
    let sockets = plan.apis.iter().filter(|api| api.deployment.api.flavor == Flavor::Websocket);
    let sockets: Vec<_> = sockets
        .filter_map(|api| {
            let (_, address) = ports.iter().find(|(names, _)| names.contains(&api.name))?;
            Some((api, format!("http://{}{}", reachable(*address), api.deployment.api.prefix())))
        })
        .collect();
    for (name, pool) in &plan.functions {
        let own = sockets.iter().find(|(api, _)| used(&api.deployment).any(|used| used == *name));
        if let Some((_, url)) = own.or_else(|| sockets.first()) {
            pool.tell(vec![("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI".to_owned(), url.clone())]);
        }
    }
}

/// The address under which a port is reached from this machine.
fn reachable(address: SocketAddr) -> SocketAddr {
    let local = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(local, address.port())
}

/// APIs of one port are told apart by what their paths begin with.
fn distinct(apis: &[&PlannedApi]) -> Result<(), Fault> {
    let mut prefixes: BTreeMap<String, &str> = BTreeMap::new();
    for api in apis {
        let own = match api.base_paths.as_slice() {
            [] => vec![api.deployment.api.prefix()],
            paths => paths.iter().map(|path| format!("/{path}")).collect(),
        };
        for prefix in own {
            if let Some(other) = prefixes.insert(prefix.clone(), &api.name) {
                let (other, name) = (printable(other), printable(&api.name));
                return Err(Fault::usage(format!(
                    "--one-port: {other} and {name} both answer under {prefix}/"
                ))
                .hint(format!("give one of them a path: --base-path {name}=/{name}")));
            }
        }
    }
    Ok(())
}

/// Says where which routes are.
pub(super) fn tell(listening: &[Listening], io: &mut Io) -> Result<(), Fault> {
    for one in listening {
        let address = one.address;
        for site in one.port.sites() {
            let api = site.api();
            let scheme = if api.flavor == Flavor::Websocket { "ws" } else { "http" };
            writeln!(io.err, "{scheme}://{address}{} serves {}", api.prefix(), api.flavor.facts().a_title())?;
            for method in site.methods() {
                match &method.integration {
                    Integration::Function(name) => {
                        writeln!(io.err, "  {} → {}", method.route, printable(name))?;
                    }
                    Integration::Mock(answer) => writeln!(io.err, "  {} → {}", method.route, answer.status)?,
                    Integration::Failing(why) => {
                        writeln!(io.err, "  {} → fails: {}", method.route, printable(why))?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// A port that cannot be had, and the flag that names another.
pub(super) fn port_fault(address: SocketAddr, flag: &str, error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Fault::usage(format!("{address} is taken")).hint(format!("{flag} 0 takes a free port"))
        }
        _ => Fault::usage(format!("{address} cannot be opened: {}", plain(error))),
    }
}
