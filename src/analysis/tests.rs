//! Every worked number of the method, on the MINI ecosystem.

mod data;
mod flow;
mod likeness;
mod money;
mod panels;

use crate::atlas::{Atlas, Body, Filter, Lang, Rollup};

#[track_caller]
fn about(actual: f64, printed: &str) {
    let digits = printed.split('.').nth(1).map_or(0, str::len);
    let scale = 10_f64.powi(digits as i32);
    assert!(
        ((actual * scale).round() / scale - printed.parse::<f64>().unwrap()).abs() < 1e-9,
        "{actual} is not printed as {printed}"
    );
}

fn rolled(rollup: Rollup) -> Filter {
    Filter { rollup: Some(rollup), ..Filter::default() }
}

fn body_name(atlas: &Atlas, body: Body) -> String {
    match body {
        Body::Organisation(org) => atlas.name(org, Lang::ES).value.to_owned(),
        Body::Level(level) => format!("level {level}"),
    }
}
