package dev.flotilla.chaos.demo;

import java.time.Duration;

/// How a member that had lost its body came back.
///
/// @param member its name, before and after
/// @param nodeBefore the node on which it ran
/// @param nodeAfter the node on which it runs now
/// @param volume uid of the claim of its volume, before and after
/// @param requested from the loss until Kubernetes had been asked for a new pod
/// @param active from the loss until the member served again
/// @param documents how many documents were counted afterwards
public record Healing(
    String member,
    String nodeBefore,
    String nodeAfter,
    String volume,
    Duration requested,
    Duration active,
    long documents) {}
