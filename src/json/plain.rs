//! The inside of strings, eight bytes at a time.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Where the plain text of a string that goes on at `at` ends: at the next quote, backslash or
/// control character, or at the end of `bytes`.
#[inline]
pub fn plain_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(word) = bytes.get(end..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*word);
        // The lowest mark is right; higher ones may come from a borrow.
        let marks = (zeros(word ^ (LOW * 0x22)) | zeros(word ^ (LOW * 0x5c)) | controls(word)) & HIGH;
        if marks != 0 {
            return end + marks.trailing_zeros() as usize / 8;
        }
        end += 8;
    }
    let rest = bytes.get(end..).unwrap_or_default();
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    end + rest.iter().position(ends).unwrap_or(rest.len())
}

/// Marks the bytes that are zero.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word
}

/// Marks the bytes below 0x20.
fn controls(word: u64) -> u64 {
    word.wrapping_sub(LOW * 0x20) & !word
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_ends_where_a_look_at_each_byte_ends(
            bytes in prop::collection::vec(prop_oneof![8 => 0x1e_u8..0x25, 2 => 0x5b_u8..0x5e, 9 => any::<u8>()], 0..40),
            at in 0_usize..40,
        ) {
            let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
            let rest = bytes.get(at..).unwrap_or_default();
            let expected = rest.iter().position(special).unwrap_or(rest.len()) + at;
            prop_assert_eq!(plain_end(&bytes, at), expected);
        }
    }
}
