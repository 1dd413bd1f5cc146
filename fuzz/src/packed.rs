//! Inputs in one file: each is its length as two octets, the upper one first, and its octets.

/// The inputs of a file.
///
/// # Panics
///
/// Panics where the file ends inside of an input.
#[must_use]
pub fn inputs(mut file: &[u8]) -> Vec<&[u8]> {
    let mut inputs = Vec::new();
    while let Some((len, rest)) = file.split_first_chunk() {
        let (input, rest) = rest.split_at(u16::from_be_bytes(*len).into());
        inputs.push(input);
        file = rest;
    }
    assert!(file.is_empty(), "half a length");
    inputs
}

/// A file of the first inputs, as many as it may hold, and how many these are.
#[must_use]
pub fn file(inputs: &[Vec<u8>], most: usize) -> (Vec<u8>, usize) {
    let mut file = Vec::new();
    for (count, input) in inputs.iter().enumerate() {
        match u16::try_from(input.len()) {
            Ok(len) if file.len() + 2 + input.len() <= most => {
                file.extend_from_slice(&len.to_be_bytes());
                file.extend_from_slice(input);
            }
            _ => return (file, count),
        }
    }
    (file, inputs.len())
}
