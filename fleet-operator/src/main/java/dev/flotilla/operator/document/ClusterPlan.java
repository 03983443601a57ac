package dev.flotilla.operator.document;

/// What will be done about one database.
public record ClusterPlan(PlanSheet plan) implements Document {}
