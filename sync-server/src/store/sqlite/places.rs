//! Unit grids and class tables in SQL.

use rusqlite::{Row, params};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::{UnitGrid, UnitGridCode};
use xunge_domain::ids::DutyGridId;

use super::Session;
use super::values::{first, list, plain, run, text};
use crate::store::{ReadPlaces, StoreError, WritePlaces};

fn unit_grid(row: &Row<'_>) -> Result<UnitGrid, StoreError> {
    Ok(UnitGrid {
        code: text(row, "code", "unit grid code")?,
        name: plain(row, "name")?,
        duty_grid: text(row, "duty_grid", "duty grid id")?,
        corners: minicbor::decode(&plain::<Vec<u8>>(row, "corners")?)
            .map_err(|_| StoreError::Damaged { what: "corners" })?,
    })
}

fn class_table(row: &Row<'_>) -> Result<ClassTable, StoreError> {
    minicbor::decode(&plain::<Vec<u8>>(row, "content")?).map_err(|_| StoreError::Damaged {
        what: "class table",
    })
}

fn encoded(value: &impl minicbor::Encode<()>) -> Result<Vec<u8>, StoreError> {
    minicbor::to_vec(value).map_err(|error| StoreError::Database(Box::new(error)))
}

impl ReadPlaces for Session<'_> {
    fn unit_grid(&self, code: UnitGridCode) -> Result<Option<UnitGrid>, StoreError> {
        let sql = "SELECT code, name, duty_grid, corners FROM unit_grid WHERE code = ?1";
        first(self.0, sql, [code.to_string()], unit_grid)
    }

    fn unit_grids(&self) -> Result<Vec<UnitGrid>, StoreError> {
        let sql = "SELECT code, name, duty_grid, corners FROM unit_grid ORDER BY code";
        list(self.0, sql, [], unit_grid)
    }

    fn unit_grids_of(&self, duty_grids: &[DutyGridId]) -> Result<Vec<UnitGrid>, StoreError> {
        let sql = "SELECT code, name, duty_grid, corners FROM unit_grid WHERE duty_grid = ?1 ORDER BY code";
        let mut asked: Vec<&DutyGridId> = duty_grids.iter().collect();
        asked.sort();
        asked.dedup();
        let mut grids = Vec::new();
        for duty_grid in asked {
            grids.extend(list(self.0, sql, [duty_grid.as_str()], unit_grid)?);
        }
        grids.sort_by_key(|grid| grid.code);
        Ok(grids)
    }

    fn class_table_on(&self, day: &str) -> Result<Option<ClassTable>, StoreError> {
        first(
            self.0,
            "SELECT content FROM class_table LEFT JOIN table_edition \
             ON table_edition.kind = 'classes' AND table_edition.edition = class_table.edition \
             WHERE class_table.effective_date <= ?1 \
             ORDER BY class_table.effective_date DESC, COALESCE(number, 0) DESC, class_table.edition DESC LIMIT 1",
            [day],
            class_table,
        )
    }

    fn class_table(&self, edition: &str) -> Result<Option<ClassTable>, StoreError> {
        first(
            self.0,
            "SELECT content FROM class_table WHERE edition = ?1",
            [edition],
            class_table,
        )
    }

    fn class_editions(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT edition FROM class_table ORDER BY effective_date, edition";
        list(self.0, sql, [], |row| plain(row, "edition"))
    }
}

impl WritePlaces for Session<'_> {
    fn put_unit_grids(&mut self, grids: &[UnitGrid]) -> Result<(), StoreError> {
        for grid in grids {
            run(
                self.0,
                "INSERT INTO unit_grid (code, name, duty_grid, corners) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (code) DO UPDATE SET name = excluded.name, duty_grid = excluded.duty_grid, \
                 corners = excluded.corners",
                params![
                    grid.code.to_string(),
                    grid.name,
                    grid.duty_grid.as_str(),
                    encoded(&grid.corners)?,
                ],
            )?;
        }
        Ok(())
    }

    fn put_class_table(&mut self, table: &ClassTable) -> Result<(), StoreError> {
        run(
            self.0,
            "INSERT INTO class_table (edition, effective_date, content) VALUES (?1, ?2, ?3) \
             ON CONFLICT (edition) DO UPDATE SET effective_date = excluded.effective_date, \
             content = excluded.content",
            params![table.edition, table.effective_date, encoded(table)?],
        )
        .map(drop)
    }
}
