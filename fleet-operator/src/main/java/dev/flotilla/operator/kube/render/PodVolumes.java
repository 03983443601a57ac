package dev.flotilla.operator.kube.render;

import dev.flotilla.operator.port.EngineProfile;
import dev.flotilla.topology.model.MemberRecord;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/// What a member's pod mounts, and where: the paths that [EngineProfile.Container] promises.
///
/// Of the tenant's Secret only the log-in files are mounted: the key of its certificate authority
/// never enters a pod. Secrets are mounted as folders, not as single files, because only those
/// follow a change.
record PodVolumes(List<Volume> volumes, List<VolumeMount> mounts) {

  private static final String MOUNTS = "/mnt/flotilla/";

  /// Readable by owner and group: the pod's group is the engine's.
  private static final int SECRET_MODE = 0440;

  PodVolumes(MemberRecord member, EngineProfile.Container engine) {
    this(volumes(member, engine), mounts(engine));
  }

  private static List<Volume> volumes(MemberRecord member, EngineProfile.Container engine) {
    var cluster = member.cluster();
    var volumes = new ArrayList<Volume>();
    volumes.add(
        new VolumeBuilder()
            .withName("data")
            .withNewPersistentVolumeClaim()
            .withClaimName(member.volumeName())
            .endPersistentVolumeClaim()
            .build());
    volumes.add(empty("engine-config"));
    volumes.add(configMap("config", Labels.configName(cluster)));
    volumes.add(configMap("seeds", Labels.seedsName(cluster)));
    volumes.add(
        new VolumeBuilder()
            .withName("tls")
            .withNewSecret()
            .withSecretName(Labels.certificateName(member.name()))
            .withDefaultMode(SECRET_MODE)
            .endSecret()
            .build());
    if (!engine.loginFiles().isEmpty()) {
      volumes.add(login(member, engine.loginFiles()));
    }
    for (int i = 0; i < engine.scratchPaths().size(); i++) {
      volumes.add(empty(scratch(i)));
    }
    return List.copyOf(volumes);
  }

  private static Volume login(MemberRecord member, List<String> files) {
    var items =
        files.stream()
            .map(file -> new KeyToPathBuilder().withKey(file).withPath(file).build())
            .toList();
    return new VolumeBuilder()
        .withName("login")
        .withNewSecret()
        .withSecretName(Labels.tenantName(member.cluster()))
        .withDefaultMode(SECRET_MODE)
        .withItems(items)
        .endSecret()
        .build();
  }

  private static List<VolumeMount> mounts(EngineProfile.Container engine) {
    var mounts = new ArrayList<VolumeMount>();
    mounts.add(mount("data", engine.dataPath(), false));
    mounts.add(mount("engine-config", engine.configPath(), false));
    mounts.add(mount("config", MOUNTS + "config", true));
    mounts.add(mount("seeds", MOUNTS + "seeds", true));
    mounts.add(mount("tls", MOUNTS + "tls", true));
    if (!engine.loginFiles().isEmpty()) {
      mounts.add(mount("login", MOUNTS + "login", true));
    }
    for (int i = 0; i < engine.scratchPaths().size(); i++) {
      mounts.add(mount(scratch(i), engine.scratchPaths().get(i), false));
    }
    return List.copyOf(mounts);
  }

  private static String scratch(int index) {
    return "scratch-" + index;
  }

  private static Volume empty(String name) {
    return new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build();
  }

  private static Volume configMap(String name, String configMap) {
    return new VolumeBuilder()
        .withName(name)
        .withNewConfigMap()
        .withName(configMap)
        .endConfigMap()
        .build();
  }

  private static VolumeMount mount(String volume, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        .withReadOnly(readOnly ? true : null)
        .build();
  }
}
