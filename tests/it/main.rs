mod golden;
mod golden_fixtures;
