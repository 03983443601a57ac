package dev.flotilla.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which engine runs, in which version, from which image and with which settings.
///
/// @param type the kind of engine
/// @param version three numbers such as 9.5.3
/// @param image absent when it follows from the version
/// @param config settings by key, sorted; empty when there are none
@ValidationRule(
    value = "self.type == oldSelf.type",
    fieldPath = ".type",
    message =
        "cannot be changed, because one engine cannot read the data of another: create a new"
            + " DatabaseCluster")
@ValidationRule(
    value = "self.version.matches('^[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}$')",
    fieldPath = ".version",
    messageExpression =
        """
        "'" + self.version.replace('\\n', ' ') + "' is not a version: write three numbers such \
        as 9.5.3, without a leading v"\
        """)
@ValidationRule(
    value = "self.version == oldSelf.version",
    fieldPath = ".version",
    messageExpression =
        """
        'cannot be changed from ' + oldSelf.version + ' to ' + self.version + ', because this \
        release does not upgrade members, and one that is started again with another version \
        cannot go back: keep ' + oldSelf.version\
        """)
@ValidationRule(
    value =
        """
        !has(self.image) || (!self.image.endsWith(':latest') && self.image.matches('^\
        (([A-Za-z0-9][-.A-Za-z0-9]*[.:][-.:A-Za-z0-9]*|localhost)/)?[a-z0-9][-._/a-z0-9]*\
        (:[A-Za-z0-9_][-.A-Za-z0-9_]*|(:[A-Za-z0-9_][-.A-Za-z0-9_]*)?@sha256:[0-9a-f]{64})$'))\
        """,
    fieldPath = ".image",
    messageExpression =
        """
        "'" + self.image.replace('\\n', ' ') + "' does not name one fixed image: write its \
        repository in small letters, and end it with a version or a digest, as in \
        registry.example/elasticsearch:9.5.3, and not with latest"\
        """)
@ValidationRule(
    value =
        """
        !has(self.config) || self.config.all(key, size(key) <= 256 \
        && key.matches('^[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?$'))\
        """,
    fieldPath = ".config",
    message =
        "holds a key that no setting has: write each key as in the engine's own configuration"
            + " file, of letters, digits, '.', '_' and '-', with at most 256 characters")
@WireForm
public record EngineSpec(
    @Required @JsonPropertyDescription("The kind of database. It cannot be changed later.")
        EngineType type,
    @Required
        @Size(max = 32)
        @JsonPropertyDescription(
            """
            The engine's version as three numbers, for example 9.5.3. The engine's own answer has \
            to agree with it. It cannot be changed yet: upgrades come with a later release.\
            """)
        String version,
    @Size(max = 512)
        @JsonPropertyDescription(
            """
            The image that members run. It has to end with a version or a digest. If absent, it is \
            flotilla.local/elasticsearch:VERSION with the version above. Members are restarted for a \
            change, one after the other.\
            """)
        @Nullable String image,
    @Size(max = 64)
        @JsonPropertyDescription(
            """
            Further settings of the engine, as in its configuration file: flat keys, text values. \
            The operator owns cluster.name, cluster.initial_master_nodes, \
            cluster.auto_shrink_voting_configuration, cluster.routing.allocation.awareness, \
            exclude, include and require, discovery, http, network, \
            node.attr.zone, node.name, node.roles, path, readiness, transport and xpack.security; \
            setting one of them here makes the condition Accepted False. Members are restarted for a \
            change, one after the other.\
            """)
        Map<String, @Size(max = 4096) String> config) {

  public EngineSpec {
    type = type == null ? EngineType.ELASTICSEARCH : type;
    version = version == null ? "" : version;
    config = config == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(config));
  }
}
