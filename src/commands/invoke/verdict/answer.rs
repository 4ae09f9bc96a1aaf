//! A verdict on a call as a suite sees it.

use super::{Known, Verdict};
use crate::suite::{Answer, FunctionFailure, Noticed};
use std::time::Duration;

impl Verdict {
    /// What was answered, and what was noticed on the way.
    pub(in crate::commands) fn answered_with(&self) -> Answer {
        let known = self.known.as_ref();
        let response = self.response.as_ref();
        let took = self.timings.iter().find(|(name, _)| *name == "duration_ms").map_or(0.0, |(_, ms)| *ms);
        Answer {
            status: response.map(|response| response.status).filter(|status| *status > 0),
            headers: response.map(|response| response.headers.clone()).unwrap_or_default(),
            body: response.map(|response| response.body.0.clone()).unwrap_or_default(),
            notices: known.map(Known::noticed).unwrap_or_default(),
            refused: known.map(|known| known.decision.is_none() && known.outcome.refused),
            unroutable: known.and_then(|known| known.unroutable.clone()),
            failure: known.and_then(|known| known.failed.as_ref()).map(|failed| FunctionFailure {
                error_type: failed.error_type.clone(),
                message: failed.message.clone(),
            }),
            took: Duration::from_secs_f64(took / 1000.0),
            logs: self.measured.logs.clone().or_else(|| self.tail()),
        }
    }

    /// The end of the log that Lambda sent.
    fn tail(&self) -> Option<Vec<String>> {
        let log = self.lambda.as_ref()?.get("log")?.as_str()?;
        Some(log.lines().map(str::to_owned).collect())
    }
}

impl Known {
    fn noticed(&self) -> Vec<Noticed> {
        let noticed = |finding: &crate::lint::Finding| Noticed {
            code: finding.rule.code,
            severity: finding.severity,
            message: finding.message.clone(),
        };
        self.findings.iter().map(noticed).collect()
    }
}
