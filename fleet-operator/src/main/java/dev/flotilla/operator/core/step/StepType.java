package dev.flotilla.operator.core.step;

/// Every kind of step: what it does, and what happens when it is done twice.
///
/// Source: UX-19 in docs/requirements.md.
public enum StepType {
  /// See [Step.FoundTenant].
  FOUND_TENANT(
      "FoundTenant",
      "Creates the tenant's Secret: its identity, its certificate authority and its log-ins.",
      "An existing Secret is never overwritten."),
  /// See [Step.Commit].
  COMMIT(
      "Commit",
      "Records new members and drains, or what became of known ones; all of them or none.",
      "It names the revision that it was decided on, so a second one is refused."),
  /// See [Step.NoteDrain].
  NOTE_DRAIN(
      "NoteDrain",
      "Writes into the annotation of a volume claim how its member's drain stands.",
      "It names the version of the claim, so a changed one is looked at again."),
  /// See [Step.Mark].
  MARK(
      "Mark",
      "Tells the engine to move everything off a member, and reads that back.",
      "A mark that is there stays as it is."),
  /// See [Step.Release].
  RELEASE(
      "Release",
      "Takes a drain's mark away from the engine, reads back that it is gone, and records that.",
      "A mark that is gone stays gone; of others only an entry that the record names is touched."),
  /// See [Step.GiveUp].
  GIVE_UP(
      "GiveUp",
      "Reads once more that a member holds nothing, and records that it is given up.",
      "It names the revision that it was decided on, so a second one is refused."),
  /// See [Step.Apply].
  APPLY(
      "Apply",
      "Makes an object that the database needs as it is wanted: a pool, settings, addresses, a"
          + " service, a budget.",
      "The same object is written again."),
  /// See [Step.IssueCertificate].
  ISSUE_CERTIFICATE(
      "IssueCertificate",
      "Gives a member its certificate, signed by the tenant's authority.",
      "A newer certificate takes the place of the older one; both are valid."),
  /// See [Step.CreateVolume].
  CREATE_VOLUME(
      "CreateVolume",
      "Creates a member's volume claim.",
      "The claim has the member's name, so a second one is refused."),
  /// See [Step.GrowVolume].
  GROW_VOLUME(
      "GrowVolume",
      "Makes a member's volume claim ask for more; the storage system makes the volume larger.",
      "It names the version of the claim, so a changed one is looked at again."),
  /// See [Step.RetainVolume].
  RETAIN_VOLUME(
      "RetainVolume",
      "Writes on a volume claim until when it is kept, or takes that away.",
      "It names the version of the claim, so a changed one is looked at again."),
  /// See [Step.DeleteVolume].
  DELETE_VOLUME(
      "DeleteVolume",
      "Deletes the volume claim of a member that has gone; its data is lost.",
      "It names the uid and the version of the claim, so a namesake or a changed one is spared."),
  /// See [Step.CreatePod].
  CREATE_POD(
      "CreatePod",
      "Creates a member's pod on its volume.",
      "The pod has the member's name, so a second one is refused."),
  /// See [Step.NudgePod].
  NUDGE_POD(
      "NudgePod",
      "Changes an annotation of a pod, so that its kubelet looks at it at once.",
      "The same annotation is written again."),
  /// See [Step.DeletePod].
  DELETE_POD(
      "DeletePod",
      "Deletes a pod; its volume stays.",
      "It names the uid and the version of the pod, so a namesake or a changed pod is spared."),
  /// See [Step.RestartPod].
  RESTART_POD(
      "RestartPod",
      "Asks the engine once more who serves, and deletes a pod that is to be made anew; its volume"
          + " stays.",
      "It names the uid and the version of the pod, so the new one is spared."),
  /// See [Step.RecordFormation].
  RECORD_FORMATION(
      "RecordFormation",
      "Remembers in the tenant's Secret that the engine was formed.",
      "The same fact is written again."),
  /// See [Step.StampVolume].
  STAMP_VOLUME(
      "StampVolume",
      "Writes the claim's uid and the engine's uuid into the record on a member's volume claim.",
      "It names the version of the claim, so a changed one is looked at again.");

  private final String id;
  private final String meaning;
  private final String repeated;

  StepType(String id, String meaning, String repeated) {
    this.id = id;
    this.meaning = meaning;
    this.repeated = repeated;
  }

  /// The type of a step.
  public static StepType of(Step step) {
    return switch (step) {
      case Step.FoundTenant s -> FOUND_TENANT;
      case Step.Commit s -> COMMIT;
      case Step.NoteDrain s -> NOTE_DRAIN;
      case Step.Mark s -> MARK;
      case Step.Release s -> RELEASE;
      case Step.GiveUp s -> GIVE_UP;
      case Step.Apply s -> APPLY;
      case Step.IssueCertificate s -> ISSUE_CERTIFICATE;
      case Step.CreateVolume s -> CREATE_VOLUME;
      case Step.GrowVolume s -> GROW_VOLUME;
      case Step.RetainVolume s -> RETAIN_VOLUME;
      case Step.DeleteVolume s -> DELETE_VOLUME;
      case Step.CreatePod s -> CREATE_POD;
      case Step.NudgePod s -> NUDGE_POD;
      case Step.DeletePod s -> DELETE_POD;
      case Step.RestartPod s -> RESTART_POD;
      case Step.RecordFormation s -> RECORD_FORMATION;
      case Step.StampVolume s -> STAMP_VOLUME;
    };
  }

  /// The stable public name, for example `CreatePod`.
  public String id() {
    return id;
  }

  /// One sentence that says what it does.
  public String meaning() {
    return meaning;
  }

  /// One sentence that says why doing it twice does no harm.
  public String repeated() {
    return repeated;
  }

  /// What may happen if it is repeated or comes too late.
  public Step.Kind kind() {
    return switch (this) {
      case DELETE_POD, RESTART_POD, DELETE_VOLUME -> Step.Kind.DESTRUCTIVE;
      case FOUND_TENANT,
          COMMIT,
          NOTE_DRAIN,
          MARK,
          RELEASE,
          GIVE_UP,
          APPLY,
          ISSUE_CERTIFICATE,
          CREATE_VOLUME,
          GROW_VOLUME,
          RETAIN_VOLUME,
          CREATE_POD,
          NUDGE_POD,
          RECORD_FORMATION,
          STAMP_VOLUME ->
          Step.Kind.IDEMPOTENT;
    };
  }
}
