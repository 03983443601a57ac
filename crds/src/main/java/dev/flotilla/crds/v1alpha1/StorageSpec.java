package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The volume of a member.
///
/// @param size a Kubernetes quantity of bytes
/// @param storageClassName absent for the default class of the Kubernetes cluster
@ValidationRule(
    value =
        """
        isQuantity(self.size) && quantity(self.size).compareTo(quantity('64Mi')) >= 0 \
        && quantity(self.size).compareTo(quantity('64Ti')) <= 0\
        """,
    fieldPath = ".size",
    messageExpression =
        """
        "'" + self.size.replace('\\n', ' ') + "' is not a size from 64Mi to 64Ti: write a number \
        with its unit and no blank, such as 10Gi"\
        """)
@ValidationRule(
    value =
        """
        !isQuantity(self.size) || !isQuantity(oldSelf.size) || \
        quantity(self.size).compareTo(quantity(oldSelf.size)) >= 0\
        """,
    fieldPath = ".size",
    messageExpression =
        """
        'may not shrink from ' + oldSelf.size + ' to ' + self.size + ', because volumes only grow: \
        keep ' + oldSelf.size + ' or more, or add a pool with smaller volumes'\
        """)
@ValidationRule(
    value =
        """
        !has(self.storageClassName) || self.storageClassName\
        .matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')\
        """,
    fieldPath = ".storageClassName",
    messageExpression =
        """
        "'" + self.storageClassName.replace('\\n', ' ') + "' cannot be the name of a storage \
        class: write the name as kubectl get storageclass prints it, or leave the field out"\
        """)
@ValidationRule(
    value =
        """
        has(self.storageClassName) == has(oldSelf.storageClassName) && \
        (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)\
        """,
    fieldPath = ".storageClassName",
    message =
        "cannot be set, changed or removed later, because a volume cannot change its class: add a"
            + " pool with the other class")
@WireForm
public record StorageSpec(
    @Required
        @Size(max = 32)
        @JsonPropertyDescription(
            """
            The size of each member's volume, for example 10Gi, from 64Mi to 64Ti. It may grow but \
            not shrink. Volumes that exist grow with it if their storage class allows that; no \
            member is restarted for it.\
            """)
        String size,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            """
            The storage class of the volumes. If absent, the Kubernetes cluster's default class. \
            It cannot be changed later.\
            """)
        @Nullable String storageClassName) {

  public StorageSpec {
    size = size == null ? "" : size;
  }
}
