//! `filmgate credits`: balances, grants, history, and the proof that every credit is explained.

use std::collections::BTreeMap;

use clap::Subcommand;
use filmgate_domain::audit;
use filmgate_domain::credits::Credits;
use filmgate_domain::ledger::Book;
use filmgate_store::AccountBalance;
use serde::Serialize;

use super::{Everywhere, Failure, Outcome, output, session};
use crate::app::App;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Show what an account, or every account, can spend
    Balance {
        /// The account's name
        name: Option<String>,
    },
    /// Give credits to an account
    Grant {
        /// The account's name
        name: String,
        /// How many, such as 1000 or 0.5
        amount: String,
    },
    /// Show an account's newest movements
    History {
        /// The account's name
        name: String,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Show the operator's own books: what is in suspense, what was lost, what each upstream took
    Operator,
    /// Check that every credit is explained: entries, balances, holds and films agree
    Verify,
}

#[derive(Serialize)]
struct BalanceView<'a> {
    name: &'a str,
    available: f64,
    held: f64,
    spent: f64,
}

impl<'a> BalanceView<'a> {
    fn new(balance: &'a AccountBalance) -> Self {
        Self {
            name: &balance.name,
            available: balance.available.as_f64(),
            held: balance.held.as_f64(),
            spent: balance.spent.as_f64(),
        }
    }
}

#[derive(Serialize)]
struct HistoryView {
    at_ms: i64,
    kind: &'static str,
    amount: f64,
    task: Option<String>,
}

#[derive(Serialize)]
struct VerifyView<'a> {
    holds: bool,
    violations: &'a [String],
}

pub(super) fn run(everywhere: &Everywhere, action: Action) -> Outcome {
    let app = session::open(everywhere)?;
    match action {
        Action::Balance { name } => balance(&app, everywhere, name.as_deref()),
        Action::Grant { name, amount } => {
            let amount =
                Credits::parse(&amount).filter(|amount| *amount > Credits::ZERO).ok_or_else(|| {
                    Failure::Usage(format!("\"{amount}\" is not an amount such as 1000 or 0.5"))
                })?;
            let balance = session::runtime()?.block_on(app.store.grant(name, amount, app.now()))?;
            show(everywhere, &[balance])
        }
        Action::History { name, limit } => history(&app, everywhere, &name, limit),
        Action::Operator => operator(&app, everywhere),
        Action::Verify => verify(&app, everywhere),
    }
}

fn balance(app: &App, everywhere: &Everywhere, name: Option<&str>) -> Outcome {
    match name {
        Some(name) => show(everywhere, &[app.store.balance(account(app, name)?)?]),
        None => show(everywhere, &app.store.balances()?),
    }
}

fn account(app: &App, name: &str) -> Result<i64, Failure> {
    let found = app.store.account_number(name)?;
    found.ok_or_else(|| {
        Failure::Task(format!("there is no account \"{name}\"; `filmgate credits balance` lists all"))
    })
}

fn show(everywhere: &Everywhere, balances: &[AccountBalance]) -> Outcome {
    if everywhere.json {
        return balances.iter().try_for_each(|balance| output::json(&BalanceView::new(balance)));
    }
    let mut rows = vec![["account", "available", "held", "spent"].map(str::to_owned).to_vec()];
    rows.extend(balances.iter().map(|balance| {
        let amounts = [balance.available, balance.held, balance.spent].map(|amount| amount.to_string());
        std::iter::once(balance.name.clone()).chain(amounts).collect()
    }));
    output::table(&rows)
}

fn history(app: &App, everywhere: &Everywhere, name: &str, limit: usize) -> Outcome {
    let lines = app.store.history(account(app, name)?, None, limit)?;
    if everywhere.json {
        return lines.into_iter().try_for_each(|line| {
            let task = line.task.map(|task| task.to_string());
            let view =
                HistoryView { at_ms: line.at.0, kind: line.kind.word(), amount: line.amount.as_f64(), task };
            output::json(&view)
        });
    }
    let mut rows = vec![["when", "what", "credits", "task"].map(str::to_owned).to_vec()];
    rows.extend(lines.into_iter().map(|line| {
        let task = line.task.map(|task| task.to_string()).unwrap_or_default();
        vec![output::moment(line.at), line.kind.word().to_owned(), line.amount.to_string(), task]
    }));
    output::table(&rows)
}

#[derive(Serialize)]
struct BookView {
    book: String,
    credits: f64,
}

fn operator(app: &App, everywhere: &Everywhere) -> Outcome {
    let names: BTreeMap<_, _> = app.store.upstreams()?.into_iter().collect();
    let books = audit::balances(&app.store.facts()?.flows);
    let of = |book: Book| books.get(&book).copied().unwrap_or(Credits::ZERO);
    let mut rows = vec![("suspense".to_owned(), of(Book::Suspense)), ("loss".to_owned(), of(Book::Loss))];
    rows.extend(names.iter().map(|(number, name)| (format!("cost of {name}"), of(Book::Cost(*number)))));
    if everywhere.json {
        return rows
            .into_iter()
            .try_for_each(|(book, credits)| output::json(&BookView { book, credits: credits.as_f64() }));
    }
    output::table(
        &rows.into_iter().map(|(book, credits)| vec![book, credits.to_string()]).collect::<Vec<_>>(),
    )
}

fn verify(app: &App, everywhere: &Everywhere) -> Outcome {
    let violations = audit::violations(&app.store.facts()?);
    let holds = violations.is_empty();
    if everywhere.json {
        output::json(&VerifyView { holds, violations: &violations })?;
    } else if holds {
        output::line("every credit is explained")?;
    } else {
        violations.iter().try_for_each(output::line)?;
    }
    if holds {
        Ok(())
    } else {
        Err(Failure::Task(format!("{} rules of the ledger are broken", violations.len())))
    }
}
