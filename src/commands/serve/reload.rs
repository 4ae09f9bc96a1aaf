//! Serving until it is interrupted: requests are told of as they are answered, and what changes is
//! loaded anew while requests under way end as they began.

use super::super::exit::Fault;
use super::super::io::Io;
use super::listening::{self, Listening};
use super::plan::{Plan, plan};
use super::{Serve, invoked, lines};
use crate::report::human::printable;
use crate::transport::serve::{FunctionPool, Served};
use crate::transport::{Code, ServedCall, Watch};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{Receiver, UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// What happens while APIs are served.
enum News {
    /// A request was answered: what to say of it.
    Answered(String),
    /// Somebody invokes a function.
    Call(ServedCall),
    /// Code of this function changed.
    Code(Arc<FunctionPool>, String),
    /// A template changed.
    Template(PathBuf),
    /// Something cannot be watched.
    Unwatched(String),
}

/// Serves what the flags describe.
///
/// # Errors
/// Faults of the flags and templates, and output that cannot be written.
pub(super) async fn serve(args: &Serve, io: &mut Io) -> Result<(), Fault> {
    if let Some(line) = &args.functions.build {
        build(line).await?;
    }
    let mut plan = plan(args, io).await?;
    let opened = listening::open(&plan, args, io).await?;
    listening::tell(&opened, io)?;
    let (room, mut calls) = invoked::room(&plan, io);
    let (sender, mut news) = unbounded_channel();
    let mut servers = JoinSet::new();
    let mut ports = Vec::new();
    let epoch = (io.now(), Instant::now());
    for Listening { apis, port, server } in opened {
        let watcher = watcher(args, epoch, io, sender.clone());
        let server = server.with_functions(Arc::clone(&room));
        servers.spawn(async move { server.serve(watcher).await });
        ports.push((apis, port));
    }
    let mut watches = watch(&plan, args, &sender);
    loop {
        match next(&mut news, &mut calls).await {
            News::Answered(text) => {
                io.out.write_all(text.as_bytes())?;
                io.out.flush()?;
            }
            News::Call(call) => {
                // The room knows the names of the plan, and no others.
                let Some(pool) = plan.function(&call.function) else { continue };
                let (sender, format, now) = (sender.clone(), args.format, epoch.0 + epoch.1.elapsed());
                tokio::spawn(async move {
                    let answered = invoked::answer(pool, call, now).await;
                    sender.send(News::Answered(lines::invoked(format, &answered, now))).ok();
                });
            }
            News::Unwatched(reason) => writeln!(io.err, "warning: {}", printable(&reason))?,
            News::Code(pool, name) => {
                if rebuilt(args, io).await? {
                    pool.renew().await;
                    writeln!(io.err, "{} is loaded anew", printable(&name))?;
                }
            }
            News::Template(file) => {
                let file = printable(&file.to_string_lossy());
                match self::plan(args, io).await {
                    Ok(changed) => {
                        for (apis, port) in &ports {
                            let own = changed.apis.iter().filter(|api| apis.contains(&api.name));
                            port.replace(
                                own.flat_map(|api| listening::sites(api, (&changed, args), io)).collect(),
                            );
                        }
                        plan = changed;
                        room.replace(invoked::names(&plan));
                        watches = watch(&plan, args, &sender);
                        writeln!(io.err, "{file} is loaded anew")?;
                    }
                    // Saved half-written, perhaps: the next change may mend it.
                    Err(fault) => writeln!(io.err, "{file} is not loaded: {}", fault.message)?,
                }
            }
        }
        // Held for what they do while they live.
        let _ = &watches;
    }
}

async fn next(news: &mut UnboundedReceiver<News>, calls: &mut Receiver<ServedCall>) -> News {
    let next = tokio::select! {
        news = news.recv() => news,
        call = calls.recv() => call.map(News::Call),
    };
    match next {
        Some(news) => news,
        // Never: both senders are held while this waits.
        None => std::future::pending().await,
    }
}

/// Tells of every request.
fn watcher(
    args: &Serve,
    (epoch, opened): (Duration, Instant),
    io: &Io,
    sender: UnboundedSender<News>,
) -> Arc<crate::transport::serve::Watcher> {
    let (format, style) = (args.format, io.out_style());
    Arc::new(move |request: &_, served: &Served, took: Duration| {
        let now = epoch + opened.elapsed();
        sender.send(News::Answered(lines::told(format, (request, served), (now, took), style))).ok();
    })
}

/// Watches functions and templates; what is watched is let go with the tasks.
fn watch(plan: &Plan, args: &Serve, sender: &UnboundedSender<News>) -> JoinSet<()> {
    let mut watches = JoinSet::new();
    if args.no_watch {
        return watches;
    }
    for (name, code) in &plan.code {
        let Some(pool) = plan.functions.get(name).map(Arc::clone) else { continue };
        let name = name.clone();
        let news = move || News::Code(Arc::clone(&pool), name.clone());
        watches.spawn(changes(code.clone(), sender.clone(), news));
    }
    for file in &plan.files {
        let path = std::path::absolute(file).unwrap_or_else(|_| file.clone());
        let file = file.clone();
        let code = Code { directory: PathBuf::new(), program: Some(path) };
        watches.spawn(changes(code, sender.clone(), move || News::Template(file.clone())));
    }
    watches
}

async fn changes(code: Code, sender: UnboundedSender<News>, news: impl Fn() -> News) {
    let watched = async {
        let mut watch = Watch::new(code)?;
        loop {
            watch.changed().await?;
            if sender.send(news()).is_err() {
                return Ok::<(), String>(());
            }
        }
    };
    if let Err(reason) = watched.await {
        sender.send(News::Unwatched(format!("changes are not seen: {reason}"))).ok();
    }
}

/// Builds the functions anew, if the flags say how; whether they can be used.
async fn rebuilt(args: &Serve, io: &mut Io) -> Result<bool, Fault> {
    let Some(line) = &args.functions.build else { return Ok(true) };
    match build(line).await {
        Ok(()) => Ok(true),
        Err(fault) => {
            writeln!(io.err, "error: {}", fault.message)?;
            Ok(false)
        }
    }
}

/// Lets the shell run a line; what it prints goes to our stderr.
async fn build(line: &str) -> Result<(), Fault> {
    let mut command = tokio::process::Command::new("sh");
    command.args(["-c", line]).stdin(Stdio::null()).kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    command.stdout(Stdio::from(std::io::stderr()));
    let ended = command.status().await.map_err(|error| {
        Fault::usage(format!("--build: the shell cannot be started: {}", super::super::io::plain(&error)))
    })?;
    match ended.success() {
        true => Ok(()),
        false => Err(Fault::usage(format!("--build: {} failed ({ended})", printable(line)))),
    }
}
