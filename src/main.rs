//! The program: everything it does is in `cli`.

use std::ffi::{c_int, c_long};
use std::process::ExitCode;

/// An answer is thousands of small pieces, made and dropped at once: this allocator halves their cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long the allocator keeps what is free, in milliseconds; its place among the options of version 3.
const PURGE_DELAY: c_int = 15;

/// Loading the record needs three times the memory that its atlas holds: what is free goes back soon, or the server
/// keeps it for good. Not at once, which would cost an answer of some size a third more.
#[expect(unsafe_code, reason = "a switch of the allocator that takes any number at any time")]
fn give_memory_back() {
    const SOON: c_long = 50;
    // SAFETY: the option exists in the version that Cargo.toml pins, and setting it touches no memory of ours.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, SOON) };
}

fn main() -> ExitCode {
    give_memory_back();
    od100::cli::run()
}
