//! The hub: merges, rules, shows.
//!
//! Routes parse and reply, services own the transactions, the store owns the SQL. See the README for the arrows.

use xunge_cipher as _; // SQLCipher's provider: C calls it

pub mod app;
pub mod base_map_files;
pub mod blob_files;
pub mod bundle;
pub mod city_tables;
pub mod cli;
pub mod commands;
pub mod data_folder;
pub mod demo;
pub mod error;
pub mod http;
pub mod messages;
pub mod openapi;
pub mod pack_files;
pub mod pages;
pub mod private_files;
pub mod private_key;
pub mod private_seal;
pub mod router;
pub mod routes;
pub mod rules;
pub mod server_key;
pub mod services;
pub mod signatures;
pub mod store;
pub mod synthetic_city;
pub mod tables;
pub mod tls;
pub mod working_calendar;
