//! A running gateway, and how it stops: it takes nothing new on, and finishes what is in hand.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::http::{Server, Surface};
use crate::service::Gateway;
use crate::service::console::Console;
use crate::worker::{self, Rhythm, delivery, mail, sequencing};

/// How long a stop waits for answers and work in hand. What is cut off then loses nothing: its transaction never
/// happened, and its lease runs out.
pub const PATIENCE: Duration = Duration::from_secs(25);

/// How long it then waits for the last heads of the audit logs; a log that gets none is gone on with after the next start.
const LAST_HEADS: Duration = Duration::from_secs(5);

/// Between two removals of sessions of the console that are over.
const SWEEP: Duration = Duration::from_mins(5);

/// A gateway that answers, works, or both.
#[must_use = "a gateway that is dropped stops without finishing what is in hand"]
pub struct Running {
    tasks: Tasks,
    answering: Option<Answering>,
}

struct Answering {
    address: SocketAddr,
    server: Server,
    metrics: Option<Server>,
    surface: web::Data<Surface>,
}

/// What runs beside the server.
pub(super) struct Tasks {
    stop: watch::Sender<bool>,
    /// The sequencer is told last: whatever is still answered or done is to be under a signed head.
    stop_sequencing: watch::Sender<bool>,
    refresh: JoinHandle<()>,
    /// Hears what other processes change.
    listening: Option<JoinHandle<()>>,
    /// Removes sessions of the console that are over.
    sweeping: Option<JoinHandle<()>>,
}

impl Tasks {
    pub fn new(refresh: JoinHandle<()>) -> Self {
        let [stop, stop_sequencing] = [(); 2].map(|()| watch::Sender::new(false));
        Self { stop, stop_sequencing, refresh, listening: None, sweeping: None }
    }

    /// Hears what other processes change, for those who follow it.
    pub fn listen(&mut self, gateway: &Gateway) {
        self.listening = Some(tokio::spawn(gateway.clone().keep_listening()));
    }

    /// Removes sessions of the console that are over, now and again.
    pub fn sweep(&mut self, console: &Arc<Console>) {
        let console = Arc::clone(console);
        self.sweeping = Some(tokio::spawn(async move {
            loop {
                if let Err(error) = console.sweep().await {
                    tracing::warn!(%error, "sessions of the console that are over could not be removed");
                }
                sleep(SWEEP).await;
            }
        }));
    }

    pub fn work(&self, gateway: &Gateway, rhythm: Rhythm) {
        tokio::spawn(tireless(gateway.clone(), rhythm, self.stop.subscribe()));
        tokio::spawn(sequence(gateway.clone(), rhythm.sequence, self.stop_sequencing.subscribe()));
        tokio::spawn(deliver(gateway.clone(), rhythm, self.stop.subscribe()));
        tokio::spawn(send_mail(gateway.clone(), rhythm, self.stop.subscribe()));
    }

    pub fn running(self) -> Running {
        Running { tasks: self, answering: None }
    }
}

/// Works until told to stop. Should a piece of work panic, its lease runs out, and the others do not wait for it.
async fn tireless(gateway: Gateway, rhythm: Rhythm, stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let ended = tokio::spawn(worker::run(gateway.clone(), rhythm, stop.clone())).await;
        if ended.is_err() {
            tracing::error!("the worker stopped in the middle of its work and starts again");
            sleep(rhythm.poll).await;
        }
    }
}

/// Sequences until told to stop, which comes when nothing else writes any more; should a round panic, the next one begins where it began.
async fn sequence(gateway: Gateway, pause: Duration, stop: watch::Receiver<bool>) {
    loop {
        let ended = tokio::spawn(sequencing::run(gateway.clone(), pause, stop.clone())).await;
        if ended.is_ok() {
            return;
        }
        tracing::error!("sequencing stopped in the middle of a round and starts again");
        sleep(pause).await;
    }
}

/// Delivers until told to stop; should it panic, what was under way is taken up when its leases have run out.
async fn deliver(gateway: Gateway, rhythm: Rhythm, stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let ended = tokio::spawn(delivery::run(gateway.clone(), rhythm, stop.clone())).await;
        if ended.is_err() {
            tracing::error!("deliveries stopped in their middle and start again");
            sleep(rhythm.poll).await;
        }
    }
}

/// Sends notices until told to stop; should it panic, what was under way is taken up when its leases have run out.
async fn send_mail(gateway: Gateway, rhythm: Rhythm, stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let ended = tokio::spawn(mail::run(gateway.clone(), rhythm, stop.clone())).await;
        if ended.is_err() {
            tracing::error!("notices stopped in their middle and start again");
            sleep(rhythm.poll).await;
        }
    }
}

impl Running {
    pub(super) fn answering(
        self,
        address: SocketAddr,
        surface: web::Data<Surface>,
        (server, metrics): (Server, Option<Server>),
    ) -> Self {
        Self { answering: Some(Answering { address, server, metrics, surface }), ..self }
    }

    /// Where it listens; `None` for a worker.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.answering.as_ref().map(|answering| answering.address)
    }

    /// Returns when the server has ended by itself, which it only does when it fails; never for a worker.
    pub async fn failed(&mut self) {
        match &mut self.answering {
            // What it says was logged by the server's threads.
            Some(answering) => drop((&mut answering.server.task).await),
            None => std::future::pending().await,
        }
    }

    /// Stops accepting, lets answers in flight and work in hand finish for at most 25 seconds, has what they left in the
    /// audit logs put under signed heads in at most 5 more, and returns when all has ended.
    pub async fn stop(&self) {
        self.tasks.stop.send_replace(true);
        let answers = async {
            if let Some(answering) = &self.answering {
                answering.surface.close_sockets();
                answering.server.handle.stop(true).await;
                // Operations whose clients have gone still run.
                answering.surface.idle().await;
                if let Some(metrics) = &answering.metrics {
                    metrics.handle.stop(false).await;
                }
            }
        };
        // The worker is the only one that listens; when it has ended nobody does.
        let work = self.tasks.stop.closed();
        if timeout(PATIENCE, async { tokio::join!(answers, work) }).await.is_err() {
            tracing::warn!("stopped before everything in hand was finished");
        }
        self.tasks.stop_sequencing.send_replace(true);
        if timeout(LAST_HEADS, self.tasks.stop_sequencing.closed()).await.is_err() {
            tracing::warn!(
                "stopped before every audit log had its last head; the next start goes on with it"
            );
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.stop_sequencing.send_replace(true);
        self.refresh.abort();
        for task in [&self.listening, &self.sweeping].into_iter().flatten() {
            task.abort();
        }
    }
}
