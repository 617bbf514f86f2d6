//! How far a long command is: a bar where someone watches, lines where a log is kept.

use std::{
    io::{IsTerminal, Write, stderr},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Between two lines at least this much time passes.
const PACE: Duration = Duration::from_secs(2);

/// The progress of one command.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    stage: String,
    said: Instant,
}

impl Progress {
    /// Nothing is shown before the first step.
    pub(super) fn new() -> Self {
        let bar = stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{msg:24} {wide_bar} {pos}/{len}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, stage: String::new(), said: Instant::now() }
    }

    /// `done` of `total` in a stage such as `organisations`.
    pub(super) fn step(&mut self, stage: &str, done: usize, total: usize) {
        let begins = self.stage != stage;
        if begins {
            stage.clone_into(&mut self.stage);
        }
        match &self.bar {
            Some(bar) => {
                bar.set_message(stage.to_owned());
                bar.set_length(total as u64);
                bar.set_position(done as u64);
            }
            None if begins || self.said.elapsed() >= PACE => {
                self.said = Instant::now();
                let _ = writeln!(stderr(), "{stage}: {done} of {total}");
            }
            None => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
