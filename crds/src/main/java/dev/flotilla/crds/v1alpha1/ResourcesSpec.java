package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Processor and memory of a member.
///
/// @param requests what is reserved; absent when nothing is
/// @param limits what may be used at most; absent when nothing is limited
@ValidationRule(
    value =
        """
        !has(self.requests) || !has(self.limits) || !has(self.requests.cpu) || \
        !has(self.limits.cpu) || !isQuantity(self.requests.cpu) || !isQuantity(self.limits.cpu) || \
        quantity(self.requests.cpu).compareTo(quantity(self.limits.cpu)) <= 0\
        """,
    fieldPath = ".requests",
    messageExpression =
        """
        'cpu: ' + self.requests.cpu + ' is more than the limit of ' + self.limits.cpu + ': lower \
        requests.cpu or raise limits.cpu'\
        """)
@ValidationRule(
    value =
        """
        !has(self.requests) || !has(self.limits) || !has(self.requests.memory) || \
        !has(self.limits.memory) || !isQuantity(self.requests.memory) || \
        !isQuantity(self.limits.memory) || \
        quantity(self.requests.memory).compareTo(quantity(self.limits.memory)) <= 0\
        """,
    fieldPath = ".requests",
    messageExpression =
        """
        'memory: ' + self.requests.memory + ' is more than the limit of ' + self.limits.memory + \
        ': lower requests.memory or raise limits.memory'\
        """)
@WireForm
public record ResourcesSpec(
    @JsonPropertyDescription(
            "What is reserved for each member. It may not be more than the limits.")
        @Nullable ComputeSpec requests,
    @JsonPropertyDescription(
            """
            What each member may use at most. The engine takes half of the memory limit for its \
            heap.\
            """)
        @Nullable ComputeSpec limits) {}
