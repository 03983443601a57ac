package dev.flotilla.chaos.demo;

import dev.flotilla.chaos.lab.Lab;
import io.fabric8.kubernetes.client.KubernetesClient;

/// Where the demo plays: a cluster, a tenant in it, and what the tenant has stored.
///
/// @param client with all rights
record Stage(Lab lab, KubernetesClient client, Tenant tenant, Dictionary dictionary) {}
