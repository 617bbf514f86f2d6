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
    /// The latest step of a log that has not been said.
    unsaid: Option<(usize, usize)>,
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
        Self { bar, stage: String::new(), unsaid: None, said: Instant::now() }
    }

    /// `done` of `total` in a stage such as `organisations`.
    pub(super) fn step(&mut self, stage: &str, done: usize, total: usize) {
        let begins = self.stage != stage;
        if begins {
            self.settle();
            stage.clone_into(&mut self.stage);
        }
        if let Some(bar) = &self.bar {
            bar.set_message(stage.to_owned());
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        } else {
            self.unsaid = Some((done, total));
            if begins || done >= total || self.said.elapsed() >= PACE {
                self.settle();
            }
        }
    }

    /// Says the latest step, unless it stands there already: no log of a stage ends before its last step.
    fn settle(&mut self) {
        let Some((done, total)) = self.unsaid.take() else { return };
        self.said = Instant::now();
        let _ = writeln!(stderr(), "{}", line(&self.stage, done, total));
    }
}

/// A step as a log says it.
fn line(stage: &str, done: usize, total: usize) -> String {
    let share = if done >= total { 100 } else { done.saturating_mul(100) / total };
    format!("{stage}: {done} of {total} ({share} %)")
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.settle();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_step_says_its_share() {
        for (done, total, said) in [
            (0, 8, "rows: 0 of 8 (0 %)"),
            (7, 8, "rows: 7 of 8 (87 %)"),
            (8, 8, "rows: 8 of 8 (100 %)"),
            (0, 0, "rows: 0 of 0 (100 %)"),
        ] {
            assert_eq!(line("rows", done, total), said);
        }
    }
}
