package dev.flotilla.operator.core.view;

import dev.flotilla.topology.model.TenantId;
import java.util.Optional;

/// What the tenant's Secret says: kept with the volumes when the cluster's resource goes.
///
/// @param formed the uuid of the engine cluster that was once formed; empty if none ever was
public record TenantView(TenantId id, Optional<String> formed) {}
