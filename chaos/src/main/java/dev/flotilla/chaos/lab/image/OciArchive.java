package dev.flotilla.chaos.lab.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Writes an image as an OCI archive. The same files with the same modes give the same bytes,
/// whatever their owners, times and order on disk: entries are sorted, belong to root and are as
/// old as the epoch.
///
/// Layers are not compressed: the archive stays on this machine, and a node unpacks it faster so.
///
/// Source: OCI image specification 1.1, image-layout.md and manifest.md. Jib cannot be used here
/// since it follows symbolic links instead of storing them: GoogleContainerTools/jib#2275.
final class OciArchive {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private OciArchive() {}

  /// Writes `layout` to `target` under the name `reference` and under that name with its digest.
  ///
  /// @return the digest of the image's manifest
  static String write(Path target, String reference, ImageLayout layout) throws IOException {
    var layers = new ArrayList<Blob>();
    for (Path folder : layout.layers()) {
      layers.add(measure(folder));
    }
    byte[] config = config(layout.config(), layers);
    byte[] manifest = manifest(config, layers);
    String digest = Digests.of(manifest);
    try (var tar = tar(new BufferedOutputStream(Files.newOutputStream(target)))) {
      entry(tar, "oci-layout", JSON.writeValueAsBytes(Map.of("imageLayoutVersion", "1.0.0")));
      entry(tar, "index.json", index(reference, digest, manifest.length));
      entry(tar, blob(Digests.of(config)), config);
      entry(tar, blob(digest), manifest);
      var written = new ArrayList<String>();
      for (int i = 0; i < layers.size(); i++) {
        Blob layer = layers.get(i);
        if (!written.contains(layer.digest())) {
          written.add(layer.digest());
          file(tar, blob(layer.digest()), 0644, layer.size());
          layer(layout.layers().get(i), tar);
          tar.closeArchiveEntry();
        }
      }
    }
    return digest;
  }

  private record Blob(String digest, long size) {
    Map<String, Object> descriptor(String mediaType) {
      return Map.of("mediaType", mediaType, "digest", digest, "size", size);
    }
  }

  private static byte[] config(ImageConfig config, List<Blob> layers) throws IOException {
    var json = new TreeMap<String, Object>();
    json.put("architecture", System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
    json.put("os", "linux");
    json.put("config", config.json());
    json.put(
        "rootfs", Map.of("type", "layers", "diff_ids", layers.stream().map(Blob::digest).toList()));
    return JSON.writeValueAsBytes(json);
  }

  private static byte[] manifest(byte[] config, List<Blob> layers) throws IOException {
    var json = new TreeMap<String, Object>();
    json.put("schemaVersion", 2);
    json.put("mediaType", MANIFEST);
    json.put("config", new Blob(Digests.of(config), config.length).descriptor(CONFIG));
    json.put("layers", layers.stream().map(layer -> layer.descriptor(LAYER)).toList());
    return JSON.writeValueAsBytes(json);
  }

  private static byte[] index(String reference, String digest, long size) throws IOException {
    var named = new ArrayList<Map<String, Object>>();
    for (String name : List.of(reference, BuiltImage.pinned(reference, digest))) {
      var descriptor = new TreeMap<>(new Blob(digest, size).descriptor(MANIFEST));
      descriptor.put("annotations", Map.of("io.containerd.image.name", name));
      named.add(descriptor);
    }
    return JSON.writeValueAsBytes(Map.of("schemaVersion", 2, "manifests", named));
  }

  private static Blob measure(Path folder) throws IOException {
    var sha = Digests.sha256();
    var counter = new Counter(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
    layer(folder, counter);
    return new Blob(Digests.text(sha), counter.bytes);
  }

  private static void layer(Path folder, OutputStream out) throws IOException {
    // Not closed, because the stream below is the archive's and goes on.
    TarArchiveOutputStream tar = tar(new Unclosed(out));
    children(folder, "", tar);
    tar.finish();
    tar.flush();
  }

  private static void children(Path folder, String prefix, TarArchiveOutputStream tar)
      throws IOException {
    List<Path> sorted;
    try (var paths = Files.list(folder)) {
      sorted = paths.sorted().toList();
    }
    for (Path path : sorted) {
      String name = prefix + path.getFileName();
      int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      if (Files.isSymbolicLink(path)) {
        var link = aged(new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK), 0777);
        link.setLinkName(Files.readSymbolicLink(path).toString());
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      } else if (Files.isDirectory(path)) {
        tar.putArchiveEntry(aged(new TarArchiveEntry(name + "/"), mode & 07777));
        tar.closeArchiveEntry();
        children(path, name + "/", tar);
      } else {
        file(tar, name, mode & 07777, Files.size(path));
        Files.copy(path, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private static void entry(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    file(tar, name, 0644, content.length);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void file(TarArchiveOutputStream tar, String name, int mode, long size)
      throws IOException {
    TarArchiveEntry file = aged(new TarArchiveEntry(name), mode);
    file.setSize(size);
    tar.putArchiveEntry(file);
  }

  private static TarArchiveEntry aged(TarArchiveEntry entry, int mode) {
    entry.setMode(mode);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    return entry;
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  private static String blob(String digest) {
    return "blobs/sha256/" + digest.substring("sha256:".length());
  }

  private static class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static final class Counter extends Unclosed {
    private long bytes;

    Counter(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] all, int from, int length) throws IOException {
      out.write(all, from, length);
      bytes += length;
    }
  }
}
