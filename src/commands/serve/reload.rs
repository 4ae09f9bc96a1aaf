//! Serving until it is interrupted: requests are told of as they are answered, and what changes is
//! loaded anew while requests under way end as they began.

use super::super::exit::Fault;
use super::super::interrupt::Stop;
use super::super::io::Io;
use super::listening::{self, Listening};
use super::plan::{Plan, plan};
use super::{Serve, inspect, invoked, lines};
use crate::report::human::printable;
use crate::transport::serve::{FunctionPool, Port, Served, Watched};
use crate::transport::{Code, InvokeRoom, ServedCall, Watch};
use std::io::Write as _;
use std::net::SocketAddr;
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
    /// It is to end, and requests are still under way.
    Waiting,
}

/// What is served at the moment.
struct Serving<'a> {
    args: &'a Serve,
    plan: Plan,
    ports: Vec<Place>,
    room: Arc<InvokeRoom>,
    sender: UnboundedSender<News>,
    /// The time of day when serving began, and that moment.
    epoch: (Duration, Instant),
    /// They watch while they are held.
    watches: JoinSet<()>,
}

/// Serves what the flags describe until it is told to stop and every request under way is answered.
///
/// # Errors
/// Faults of the flags and templates, and output that cannot be written.
pub(super) async fn serve(args: &Serve, io: &mut Io, stop: Stop) -> Result<(), Fault> {
    if let Some(line) = &args.functions.build {
        build(line).await?;
    }
    let plan = plan(args, io).await?;
    let opened = listening::open(&plan, args, io).await?;
    listening::tell(&opened, io)?;
    let inspector = args.inspect.open(io).await?;
    let (room, mut calls) = invoked::room(&plan, io);
    let (sender, mut news) = unbounded_channel();
    let epoch = (io.now(), Instant::now());
    let (mut servers, mut ports) = (JoinSet::new(), Vec::new());
    for Listening { apis, port, address, server } in opened {
        let watched = inspect::watch(inspector.as_ref(), &port, &server);
        let watcher = watcher(args, epoch, io, (sender.clone(), watched));
        let server = server.with_functions(Arc::clone(&room));
        let stop = told(stop.clone());
        servers.spawn(async move { server.serve_until(watcher, stop).await });
        ports.push(Place { apis, port, address });
    }
    listening::endpoints(&plan, &ports.iter().map(Place::apis).collect::<Vec<_>>());
    let watches = watch(&plan, args, &sender);
    let mut serving = Serving { args, plan, ports, room, sender, epoch, watches };
    tokio::spawn(wait(stop, serving.sender.clone()));
    loop {
        let next = tokio::select! {
            news = next(&mut news, &mut calls) => news,
            () = ended(&mut servers) => break,
        };
        serving.hear(next, io).await?;
        // What is told of many requests at once goes out in one piece.
        if news.is_empty() {
            io.out.flush()?;
        }
    }
    // The last answers.
    while let Ok(last) = news.try_recv() {
        if matches!(last, News::Answered(_)) {
            serving.hear(last, io).await?;
        }
    }
    io.out.flush()?;
    Ok(())
}

/// Waits until it is to end.
async fn told(mut stop: Stop) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Says that it is to end, where that takes a while.
async fn wait(stop: Stop, sender: UnboundedSender<News>) {
    told(stop).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    sender.send(News::Waiting).ok();
}

async fn ended(servers: &mut JoinSet<()>) {
    while servers.join_next().await.is_some() {}
}

impl Serving<'_> {
    /// Does what news ask for.
    async fn hear(&mut self, news: News, io: &mut Io) -> Result<(), Fault> {
        match news {
            News::Answered(text) => io.out.write_all(text.as_bytes())?,
            News::Call(call) => self.invoke(call),
            News::Waiting => writeln!(io.err, "requests are still under way; once more ends at once")?,
            News::Unwatched(reason) => writeln!(io.err, "warning: {}", printable(&reason))?,
            News::Code(pool, name) => {
                if rebuilt(self.args, io).await? {
                    pool.renew().await;
                    writeln!(io.err, "{} is loaded anew", printable(&name))?;
                }
            }
            News::Template(file) => {
                let file = printable(&file.to_string_lossy());
                match self.reload(io).await {
                    Ok(()) => writeln!(io.err, "{file} is loaded anew")?,
                    // Saved half-written, perhaps: the next change may mend it.
                    Err(fault) => writeln!(io.err, "{file} is not loaded: {}", fault.message)?,
                }
            }
        }
        Ok(())
    }

    /// Invokes a function for somebody, beside everything else.
    fn invoke(&self, call: ServedCall) {
        // The room knows the names of the plan, and no others.
        let Some(pool) = self.plan.function(&call.function) else { return };
        let (begun, opened) = self.epoch;
        let (sender, format, now) = (self.sender.clone(), self.args.format, begun + opened.elapsed());
        tokio::spawn(async move {
            let answered = invoked::answer(pool, call, now).await;
            sender.send(News::Answered(lines::invoked(format, &answered, now))).ok();
        });
    }

    /// Makes the plan anew; the ports go on with it.
    async fn reload(&mut self, io: &mut Io) -> Result<(), Fault> {
        let plan = plan(self.args, io).await?;
        listening::endpoints(&plan, &self.ports.iter().map(Place::apis).collect::<Vec<_>>());
        for Place { apis, port, .. } in &self.ports {
            let own = plan.apis.iter().filter(|api| apis.contains(&api.name));
            port.replace(own.flat_map(|api| listening::sites(api, (&plan, self.args), io)).collect());
        }
        self.room.replace(invoked::names(&plan));
        self.watches = watch(&plan, self.args, &self.sender);
        self.plan = plan;
        Ok(())
    }
}

/// A port with the APIs that it serves, by their names.
struct Place {
    apis: Vec<String>,
    port: Arc<Port>,
    address: SocketAddr,
}

impl Place {
    fn apis(&self) -> (&[String], SocketAddr) {
        (&self.apis, self.address)
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
    (sender, watched): (UnboundedSender<News>, Option<Watched>),
) -> Arc<crate::transport::serve::Watcher> {
    let (format, style) = (args.format, io.out_style());
    Arc::new(move |request: &_, served: &Served, took: Duration| {
        let now = epoch + opened.elapsed();
        sender.send(News::Answered(lines::told(format, (request, served), (now, took), style))).ok();
        if let Some(watched) = &watched {
            watched.record(request, served, took);
        }
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
