package dev.flotilla.chaos.lab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an archive says and holds, read back entry by entry.
class OciArchiveTest {

  private static final String NAME = "flotilla.local/thing:1";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void sameFilesGiveTheSameBytesWhateverTheirTimesAndOrder() throws IOException {
    Path first = layer("first", List.of("a", "b"));
    Path second = layer("second", List.of("b", "a"));
    Files.setLastModifiedTime(second.resolve("a"), FileTime.fromMillis(1));

    String digest = OciArchive.write(folder.resolve("1.tar"), NAME, layout(first));

    assertThat(OciArchive.write(folder.resolve("2.tar"), NAME, layout(second))).isEqualTo(digest);
    assertThat(folder.resolve("2.tar")).hasSameBinaryContentAs(folder.resolve("1.tar"));
  }

  @Test
  void anotherModeGivesAnotherDigest() throws IOException {
    Path layer = layer("layer", List.of("a"));
    String digest = OciArchive.write(folder.resolve("1.tar"), NAME, layout(layer));
    Files.setAttribute(layer.resolve("a"), "unix:mode", 0755);

    assertThat(OciArchive.write(folder.resolve("2.tar"), NAME, layout(layer))).isNotEqualTo(digest);
  }

  @Test
  void layersKeepLinksModesAndLongNames() throws IOException {
    Path layer = layer("layer", List.of("program"));
    String longName = "deep/".repeat(30) + "file";
    Files.createDirectories(layer.resolve(longName).getParent());
    Files.writeString(layer.resolve(longName), "deep");
    Files.setAttribute(layer.resolve("program"), "unix:mode", 0755);
    Files.createSymbolicLink(layer.resolve("link"), Path.of("program"));
    Files.createSymbolicLink(layer.resolve("dangling"), Path.of("/mnt/nowhere"));
    Files.setAttribute(Files.createDirectory(layer.resolve("tmp")), "unix:mode", 01777);

    var archive = entries(write(layout(layer)));
    var entries = headers(blob(archive, layerDigest(archive, 0)));

    assertThat(entries.keySet()).contains("dangling", "link", "program", "tmp/", longName);
    assertThat(entries.get("link").isSymbolicLink()).isTrue();
    assertThat(entries.get("link").getLinkName()).isEqualTo("program");
    assertThat(entries.get("dangling").getLinkName()).isEqualTo("/mnt/nowhere");
    assertThat(entries.get("program").getMode() & 07777).isEqualTo(0755);
    assertThat(entries.get("tmp/").getMode() & 07777).isEqualTo(01777);
    assertThat(entries.values())
        .allSatisfy(entry -> {
          assertThat(entry.getLongUserId()).isZero();
          assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.fromMillis(0));
        });
  }

  @Test
  void everyDigestIsThatOfItsBytes() throws IOException {
    var archive = entries(write(layout(layer("one", List.of("a")), layer("two", List.of("b")))));

    assertThat(archive.keySet()).contains("oci-layout", "index.json");
    archive.forEach((name, bytes) -> {
      if (name.startsWith("blobs/")) {
        assertThat(Digests.of(bytes)).isEqualTo(name.replace("blobs/sha256/", "sha256:"));
      }
    });
    JsonNode config = JSON.readTree(blob(archive, manifest(archive).at("/config/digest").asText()));
    assertThat(config.at("/rootfs/diff_ids/0").asText()).isEqualTo(layerDigest(archive, 0));
    assertThat(config.at("/rootfs/diff_ids/1").asText()).isEqualTo(layerDigest(archive, 1));
    assertThat(config.at("/config/User").asText()).isEqualTo("65532:65532");
    assertThat(config.at("/config/Entrypoint/0").asText()).isEqualTo("/program");
  }

  @Test
  void imageIsNamedByTagAndByDigest() throws IOException {
    Path target = folder.resolve("named.tar");
    String digest = OciArchive.write(target, NAME, layout(layer("layer", List.of("a"))));

    JsonNode manifests = JSON.readTree(entries(target).get("index.json")).get("manifests");

    assertThat(manifests)
        .extracting(
            each -> each.at("/annotations").get("io.containerd.image.name").asText(),
            each -> each.get("digest").asText())
        .containsExactly(tuple(NAME, digest), tuple("flotilla.local/thing@" + digest, digest));
    assertThat(new BuiltImage(NAME, target, digest).pinned())
        .isEqualTo("flotilla.local/thing@" + digest);
  }

  @Test
  void aLayerThatOccursTwiceIsStoredOnce() throws IOException {
    Path layer = layer("layer", List.of("a"));

    var archive = entries(write(layout(layer, layer)));

    assertThat(manifest(archive).get("layers")).hasSize(2);
    assertThat(archive.keySet()).filteredOn(name -> name.startsWith("blobs/")).hasSize(3);
  }

  private Path write(ImageLayout layout) throws IOException {
    Path target = folder.resolve("image.tar");
    OciArchive.write(target, NAME, layout);
    return target;
  }

  private static ImageLayout layout(Path... layers) {
    return new ImageLayout(ImageConfig.of("65532:65532", "/program"), List.of(layers));
  }

  private Path layer(String name, List<String> files) throws IOException {
    Path layer = Files.createDirectory(folder.resolve(name));
    for (String file : files) {
      Files.setAttribute(
          Files.writeString(layer.resolve(file), "content of " + file), "unix:mode", 0644);
    }
    return layer;
  }

  private static JsonNode manifest(SortedMap<String, byte[]> archive) throws IOException {
    JsonNode index = JSON.readTree(archive.get("index.json"));
    return JSON.readTree(blob(archive, index.at("/manifests/0/digest").asText()));
  }

  private static String layerDigest(SortedMap<String, byte[]> archive, int layer)
      throws IOException {
    return manifest(archive).at("/layers/" + layer + "/digest").asText();
  }

  private static byte[] blob(SortedMap<String, byte[]> archive, String digest) {
    assertThat(archive).containsKey(digest.replace("sha256:", "blobs/sha256/"));
    return archive.get(digest.replace("sha256:", "blobs/sha256/"));
  }

  private static SortedMap<String, byte[]> entries(Path archive) throws IOException {
    var entries = new TreeMap<String, byte[]>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.put(entry.getName(), tar.readAllBytes());
      }
    }
    return entries;
  }

  private static SortedMap<String, TarArchiveEntry> headers(byte[] layer) throws IOException {
    var headers = new TreeMap<String, TarArchiveEntry>();
    try (var tar =
        new TarArchiveInputStream(new ByteArrayInputStream(layer), StandardCharsets.UTF_8.name())) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        headers.put(entry.getName(), entry);
      }
    }
    return headers;
  }
}
