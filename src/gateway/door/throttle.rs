//! Throttling of an API: a bucket of tokens that fills at its rate.

use std::time::Duration;

/// The settings of an API's throttling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Throttle {
    /// Requests a second.
    pub rate: f64,
    /// How many may come at once.
    pub burst: u32,
}

impl Throttle {
    /// Reads `RATE` or `RATE:BURST`; without a burst, it is the rate.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (rate, burst) = text.split_once(':').map_or((text, None), |(rate, burst)| (rate, Some(burst)));
        let number = rate.parse().ok().filter(|rate: &f64| rate.is_finite() && (0.001..=1e9).contains(rate));
        let rate: f64 = number.ok_or("write RATE:BURST, such as 10:5: requests a second, and at once")?;
        let burst = match burst {
            Some(burst) => {
                burst.parse().ok().filter(|burst| *burst > 0).ok_or("the burst is a number above 0")?
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in its range")]
            None => rate.ceil().min(f64::from(u32::MAX)) as u32,
        };
        Ok(Self { rate, burst })
    }
}

/// How many requests may still come. Time comes in as an argument.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    throttle: Throttle,
    tokens: f64,
    filled: Duration,
}

impl Bucket {
    /// A full bucket.
    pub fn new(throttle: Throttle) -> Self {
        Self { throttle, tokens: f64::from(throttle.burst), filled: Duration::ZERO }
    }

    /// Whether a request may pass at `now` (since 1970); it takes a token then.
    pub fn take(&mut self, now: Duration) -> bool {
        let Throttle { rate, burst } = self.throttle;
        let gained = now.saturating_sub(self.filled).as_secs_f64() * rate;
        self.tokens = (self.tokens + gained).min(f64::from(burst));
        self.filled = self.filled.max(now);
        let passes = self.tokens >= 1.0;
        self.tokens -= if passes { 1.0 } else { 0.0 };
        passes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rates_and_bursts_are_read() {
        for (text, read) in [
            ("10:5", Ok(Throttle { rate: 10.0, burst: 5 })),
            ("0.5", Ok(Throttle { rate: 0.5, burst: 1 })),
            ("20", Ok(Throttle { rate: 20.0, burst: 20 })),
            ("0", Err(())),
            ("-1:2", Err(())),
            ("inf", Err(())),
            ("10:0", Err(())),
            ("10:", Err(())),
        ] {
            assert_eq!(Throttle::parse(text).map_err(|_| ()), read, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_more_pass_than_burst_and_rate_allow(
            rate in 1_u32..100, burst in 1_u32..50, pauses in prop::collection::vec(0_u64..200, 1..200)
        ) {
            let mut bucket = Bucket::new(Throttle { rate: rate.into(), burst });
            let (begun, mut now, mut passed) = (Duration::from_secs(1_700_000_000), Duration::ZERO, 0_u32);
            for pause in pauses {
                now += Duration::from_millis(pause);
                passed += u32::from(bucket.take(begun + now));
                prop_assert!(f64::from(passed) <= f64::from(burst) + now.as_secs_f64() * f64::from(rate) + 1e-3);
            }
        }
    }
}
