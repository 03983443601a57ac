package dev.flotilla.operator.document;

/// Why the operator did not answer a question.
///
/// @param message one clause, lower case
public record Refusal(String message) implements Document {}
