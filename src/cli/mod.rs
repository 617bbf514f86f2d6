//! The command line: reads the settings, calls one function per command, and says in one sentence what
//! went wrong. No rule of the record is here.

mod args;
mod backup;
mod export;
mod history;
mod holidays;
mod import;
mod letters;
mod log;
mod matching;
mod migrate;
mod output;
mod privacy;
mod progress;
mod record;
mod sample;
mod schema;
mod serve;
mod survey;
mod user;

use std::{
    error::Error as _,
    ffi::OsString,
    io::Write,
    net::AddrParseError,
    num::{IntErrorKind, ParseIntError},
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
};

use clap::{
    CommandFactory, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{config, store};
use args::{Cli, Command};

/// The code of a command that the reader interrupted, as shells know it.
const INTERRUPTED: u8 = 130;

/// What ended a command before its end.
#[derive(Debug, thiserror::Error)]
enum Stop {
    /// Ctrl-C.
    #[error("interrupted; nothing was changed")]
    Interrupted,
    /// Anything else, with its causes.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// Runs the program with its arguments and environment.
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

fn run_with(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    let outcome = config::check_environment().map_err(|error| Stop::Failed(error.into())).and_then(|()| {
        log::start(&cli.common, matches!(cli.command, Command::Serve(_)))?;
        let runtime = tokio::runtime::Runtime::new().map_err(|error| Stop::Failed(error.into()))?;
        runtime.block_on(execute(cli))
    });
    match outcome {
        Ok(()) if UNHEARD.load(Ordering::Relaxed) => {
            complain("it is done, but what there was to say could not be written to the standard output", 1)
        }
        Ok(()) => ExitCode::SUCCESS,
        Err(stop @ Stop::Interrupted) => complain(&stop.to_string(), INTERRUPTED),
        Err(Stop::Failed(error)) => complain(&sentence(&error), 1),
    }
}

async fn execute(cli: Cli) -> Result<(), Stop> {
    match cli.command {
        Command::Backup { file } => Box::pin(interruptible(backup::run(&cli.common, &file))).await,
        Command::Migrate => interruptible(migrate::run(&cli.common)).await,
        Command::Import(import) => Box::pin(interruptible(import::run(&cli.common, import))).await,
        Command::Export(what) => Box::pin(interruptible(export::run(&cli.common, what))).await,
        Command::Sample(what) => Box::pin(interruptible(sample::run(&cli.common, what))).await,
        Command::User(what) => interruptible(Box::pin(user::run(&cli.common, what))).await,
        Command::Match { kind } => Box::pin(interruptible(matching::find(&cli.common, kind))).await,
        Command::Relations(args::Relations::Propose) => Box::pin(interruptible(matching::propose(&cli.common))).await,
        Command::Holidays(what) => Box::pin(interruptible(holidays::run(&cli.common, what))).await,
        Command::History(what) => Box::pin(interruptible(history::run(&cli.common, what))).await,
        Command::Schema { out, desk } => Ok(schema::run(&cli.common, out.as_deref(), desk)?),
        Command::Letters(what) => interruptible(letters::run(&cli.common, what)).await,
        Command::Survey(what) => Box::pin(interruptible(survey::run(&cli.common, what))).await,
        Command::Privacy(what) => Box::pin(interruptible(privacy::run(&cli.common, what))).await,
        Command::Serve(settings) => Ok(serve::run(&cli.common, &settings).await?),
    }
}

/// A long command, unless Ctrl-C comes first. What the command has not published is rolled back.
async fn interruptible<T>(work: impl Future<Output = anyhow::Result<T>>) -> Result<T, Stop> {
    tokio::select! {
        done = work => Ok(done?),
        _ = tokio::signal::ctrl_c() => Err(Stop::Interrupted),
    }
}

/// Whether something was said that could not be written.
static UNHEARD: AtomicBool = AtomicBool::new(false);

/// Prints a line for the reader.
fn say(text: &str) {
    match writeln!(std::io::stdout(), "{text}") {
        // A reader who has gone, as `head` does, is no fault of ours.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => UNHEARD.store(true, Ordering::Relaxed),
        _ => {}
    }
}

/// So many things, as they are counted: `1 day`, `2 days`.
fn counted(count: impl TryInto<u64>, one: &str, more: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    }
}

/// Prints a remark beside what is written to standard output.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "od100: {text}");
}

/// An error and its causes on one line.
fn sentence(error: &anyhow::Error) -> String {
    if error.chain().filter_map(|cause| cause.downcast_ref()).any(store::is_damaged) {
        return "the database is damaged; restore a backup, or move the file away and import again".to_owned();
    }
    if error.chain().filter_map(|cause| cause.downcast_ref()).any(store::is_locked) {
        return "another program holds the database; run this again when that has finished".to_owned();
    }
    if error.chain().filter_map(|cause| cause.downcast_ref()).any(store::is_read_only) {
        return "the database cannot be written; its file and its folder must be writable for who runs this".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        let text = without_place(&cause.to_string().split_whitespace().collect::<Vec<_>>().join(" "));
        // Some libraries repeat their cause in their own text.
        if !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}

/// A sentence of PostgreSQL without the line of its own source that it ends with.
fn without_place(text: &str) -> String {
    let is_number = |end: &str| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
    match text.rsplit_once(" at line ") {
        Some((before, end)) if is_number(end) => before.to_owned(),
        _ => text.to_owned(),
    }
}

fn complain(sentence: &str, code: u8) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "od100: {sentence}");
    ExitCode::from(code)
}

/// What tells more of the command that an error is about: its line of usage begins with its name.
fn help_of(error: &clap::Error) -> String {
    let rendered = error.to_string();
    let usage = rendered.lines().find_map(|line| line.strip_prefix("Usage: ")).unwrap_or_default();
    let is_name = |word: &&str| word.starts_with(|letter: char| letter.is_ascii_lowercase());
    let name: Vec<&str> = usage.split_whitespace().skip(1).take_while(is_name).collect();
    ["od100"].into_iter().chain(name).chain(["--help"]).collect::<Vec<_>>().join(" ")
}

/// Prints help and versions as they are, and everything else as one sentence with the setting's name.
fn explain(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        let _ = error.print();
        return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
    }
    if let (ErrorKind::MissingRequiredArgument, Some(ContextValue::Strings(missing))) =
        (error.kind(), error.get(ContextKind::InvalidArg))
    {
        let are = if missing.len() == 1 { "is" } else { "are" };
        return complain(&format!("{} {are} missing; see {}", missing.join(" and "), help_of(error)), 2);
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let (Some(argument), Some(value)) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue)) else {
        let rendered = error.to_string();
        let first = rendered.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        return complain(&format!("{first}; see {}", help_of(error)), 2);
    };
    let mut name = argument.to_owned();
    if let Some(variable) = variable_of(argument) {
        name = format!("{variable} ({})", argument.split(' ').next().unwrap_or_default());
    }
    let reason = match (error.source(), error.get(ContextKind::ValidValue)) {
        (Some(source), _) => {
            format!(": {}", wanted(source).unwrap_or_else(|| source.to_string().replace("..=", " to ")))
        }
        (None, Some(ContextValue::Strings(words))) if !words.is_empty() => format!("; it may be {}", words.join(", ")),
        _ => String::new(),
    };
    let verb = if value.is_empty() { "needs a value".to_owned() } else { format!("cannot be '{value}'") };
    complain(&format!("{name} {verb}{reason}"), 2)
}

/// What a value has to be, where the error of its parser speaks of the parser's own work.
fn wanted(source: &(dyn std::error::Error + 'static)) -> Option<String> {
    let text = if source.is::<url::ParseError>() {
        "it must be an address such as https://od100.example"
    } else if let Some(error) = source.downcast_ref::<ParseIntError>() {
        if *error.kind() == IntErrorKind::Zero { "it must be above 0" } else { "it must be a whole number" }
    } else if source.is::<AddrParseError>() {
        "it must be an address and a port such as 127.0.0.1:8100"
    } else if source.is::<chrono::ParseError>() {
        "it must be a day such as 2015-01-31"
    } else {
        return None;
    };
    Some(text.to_owned())
}

/// The environment variable that says the same as a flag, such as `--listen <LISTEN>`.
fn variable_of(argument: &str) -> Option<String> {
    fn search(command: &clap::Command, flag: &str) -> Option<String> {
        let own = command.get_arguments().find(|arg| arg.get_long() == Some(flag));
        own.and_then(|arg| arg.get_env())
            .map(|name| name.to_string_lossy().into_owned())
            .or_else(|| command.get_subcommands().find_map(|inner| search(inner, flag)))
    }
    let flag = argument.split([' ', '=']).next()?.strip_prefix("--")?;
    search(&Cli::command(), flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_about_what_the_reader_knows() {
        for (said, meant) in [
            ("database \"x\" does not exist at line 948", "database \"x\" does not exist"),
            ("the file is wrong at line 3, see there", "the file is wrong at line 3, see there"),
            ("it breaks at line ", "it breaks at line "),
        ] {
            assert_eq!(without_place(said), meant);
        }
        assert_eq!([counted(1_u64, "day", "days"), counted(0_usize, "day", "days")], ["1 day", "0 days"]);
    }
}
