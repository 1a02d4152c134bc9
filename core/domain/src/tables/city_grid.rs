//! A row of the table of unit grids.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::AreaClass;
use crate::grid::UnitGrid;

/// A unit grid, and in which kind of area it lies: limits depend on that.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
pub struct CityGrid {
    /// The grid.
    #[n(0)]
    pub grid: UnitGrid,
    /// 管理区域类别; nothing where the city makes no difference.
    #[cbor(n(1), default, skip_if = "Option::is_none")]
    pub area_class: Option<AreaClass>,
}
