package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// An amount of processor and memory.
///
/// @param cpu a Kubernetes quantity of cores; absent when nothing is said
/// @param memory a Kubernetes quantity of bytes; absent when nothing is said
@ValidationRule(
    value =
        """
        !has(self.cpu) || (isQuantity(self.cpu) && quantity(self.cpu).compareTo(quantity('1m')) \
        >= 0 && quantity(self.cpu).compareTo(quantity('1k')) <= 0)\
        """,
    fieldPath = ".cpu",
    messageExpression =
        """
        "'" + self.cpu.replace('\\n', ' ') + "' is not an amount of processor from 1m to 1000: \
        write cores such as '2', or thousandths of a core such as 500m"\
        """)
@ValidationRule(
    value =
        """
        !has(self.memory) || (isQuantity(self.memory) \
        && quantity(self.memory).compareTo(quantity('64Mi')) >= 0 \
        && quantity(self.memory).compareTo(quantity('64Ti')) <= 0)\
        """,
    fieldPath = ".memory",
    messageExpression =
        """
        "'" + self.memory.replace('\\n', ' ') + "' is not an amount of memory from 64Mi to 64Ti: \
        write a number with its unit and no blank, such as 4Gi"\
        """)
@WireForm
public record ComputeSpec(
    @Size(max = 32)
        @JsonPropertyDescription(
            "Processor as text: cores such as '2', or thousandths of a core such as 500m.")
        @Nullable String cpu,
    @Size(max = 32) @JsonPropertyDescription("Memory with its unit, such as 800Mi or 4Gi.")
        @Nullable String memory) {}
