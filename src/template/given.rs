//! What the person at the terminal knows about a deployment.

use crate::policy;
use std::collections::BTreeMap;

/// Values that a template leaves open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// `AWS::Region`.
    pub region: Option<String>,
    /// `AWS::AccountId`, twelve digits.
    pub account: Option<String>,
    /// `AWS::Partition`; without it that of the region.
    pub partition: Option<String>,
    /// The id of the only API of a template.
    pub api_id: Option<String>,
    /// The ids of APIs by logical id.
    pub api_ids: BTreeMap<String, String>,
    /// Parameters by name.
    pub parameters: BTreeMap<String, String>,
}

impl Given {
    /// The partition, if it can be told.
    pub fn partition(&self) -> Option<&str> {
        self.partition.as_deref().or_else(|| self.region.as_deref().map(policy::arn::partition))
    }

    /// What a pseudo parameter stands for, if that is given.
    pub(super) fn pseudo(&self, name: &str) -> Option<&str> {
        match name {
            "AWS::Region" => self.region.as_deref(),
            "AWS::AccountId" => self.account.as_deref(),
            "AWS::Partition" => self.partition(),
            "AWS::URLSuffix" => self.partition().map(policy::arn::dns_suffix),
            _ => None,
        }
    }
}
