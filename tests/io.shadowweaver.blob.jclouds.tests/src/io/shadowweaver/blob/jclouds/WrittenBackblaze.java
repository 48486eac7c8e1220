// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Backblaze B2 as the reference of its native API has it: an object that is replaced stays as an older version.
 *
 * <pre>
 * # Reference: https://www.backblaze.com/apidocs/introduction-to-the-b2-native-api
 * # API version: v2
 * # Checked against: https://github.com/Backblaze/b2-sdk-python/blob/0004d364fc84c4fd7b0fda4efa51ca0d93afef0a/b2sdk/raw_api.py (calls, their fields and headers)
 * </pre>
 */
final class WrittenBackblaze extends WrittenStore {
	static final String KEY_ID = "0014aa9865d6f000000000001";
	static final String KEY = "K001-application-key-of-nobody";
	private static final String TOKEN = "4_0014aa_written";
	private static final String UPLOAD_TOKEN = "4_0014aa_upload";
	private static final String ACCOUNT = "4aa9865d6f00";
	private static final String BUCKET_ID = "e73ede9c9c8412db49f60715";
	private static final String API = "/b2api/v2/";
	private static final int PAGE = 25;

	/** A version of an object. */
	private record Version(String id, String name, long at, byte[] data, String sha1) {
	}

	private final List<Version> versions = new ArrayList<>();
	private final Map<String, String> uploads = new HashMap<>();
	private final Map<String, TreeMap<Integer, byte[]>> parts = new HashMap<>();
	private String bucket = "";
	private long clock = 1_770_000_000_000L;

	WrittenBackblaze() throws IOException {
	}

	/** How many large objects were begun and neither finished nor cancelled. */
	synchronized int unfinished() {
		return uploads.size();
	}

	@Override
	synchronized Answer answer(Call call) throws IOException {
		if (call.path().equals(API + "b2_authorize_account") && call.method().equals("GET")) {
			return authorise(call);
		}
		boolean upload = call.path().startsWith("/upload/");
		if (!call.header("Authorization").equals(upload ? UPLOAD_TOKEN : TOKEN)) {
			return error(401, "bad_auth_token", "Invalid authorization token");
		}
		if (upload) {
			return call.path().equals("/upload/file") ? upload(call) : uploadPart(call.path().substring("/upload/part/".length()), call);
		}
		if (call.path().startsWith("/file/") && call.method().equals("GET")) {
			return download(call);
		}
		return call.method().equals("POST") && call.path().startsWith(API) ? api(call.path().substring(API.length()), call.json()) : null;
	}

	private Answer authorise(Call call) {
		String right = "Basic " + Base64.getEncoder().encodeToString((KEY_ID + ":" + KEY).getBytes(StandardCharsets.UTF_8));
		if (!call.header("Authorization").equals(right)) {
			return error(401, "unauthorized", "The applicationKeyId and/or the applicationKey are wrong.");
		}
		// jclouds puts these in place of the host alone, and keeps the port that it was given: the service itself has none
		String host = "http://127.0.0.1";
		ObjectNode body = JSON.objectNode().put("accountId", ACCOUNT).put("authorizationToken", TOKEN).put("apiUrl", host).put("downloadUrl", host)
				.put("recommendedPartSize", 100_000_000).put("absoluteMinimumPartSize", 5_000_000).put("s3ApiUrl", "https://s3.example.org");
		body.putObject("allowed").putNull("bucketId").putNull("bucketName").putNull("namePrefix").putArray("capabilities").add("listFiles").add("readFiles").add("writeFiles").add("deleteFiles");
		return Answer.json(200, body);
	}

	private static Answer error(int status, String code, String message) {
		return Answer.json(status, JSON.objectNode().put("status", status).put("code", code).put("message", message));
	}

	private Answer api(String name, JsonNode wanted) {
		return switch (name) {
		case "b2_list_buckets" -> {
			ObjectNode body = JSON.objectNode();
			ArrayNode all = body.putArray("buckets");
			if (!bucket.isEmpty()) {
				all.add(described());
			}
			yield Answer.json(200, body);
		}
		case "b2_create_bucket" -> {
			if (bucket.equals(wanted.path("bucketName").asText())) {
				yield error(400, "duplicate_bucket_name", "Bucket name is already in use.");
			}
			bucket = wanted.path("bucketName").asText();
			yield Answer.json(200, described());
		}
		case "b2_get_upload_url" -> Answer.json(200, JSON.objectNode().put("bucketId", BUCKET_ID).put("uploadUrl", address() + "/upload/file").put("authorizationToken", UPLOAD_TOKEN));
		case "b2_list_file_names" -> list(wanted, true);
		case "b2_list_file_versions" -> list(wanted, false);
		case "b2_delete_file_version" -> versions.removeIf(one -> one.id().equals(wanted.path("fileId").asText()) && one.name().equals(wanted.path("fileName").asText()))
				? Answer.json(200, JSON.objectNode().put("fileId", wanted.path("fileId").asText()).put("fileName", wanted.path("fileName").asText()))
				: error(400, "file_not_present", "File not present: " + wanted.path("fileName").asText());
		case "b2_get_file_info" -> versions.stream().filter(one -> one.id().equals(wanted.path("fileId").asText())).findFirst().map(one -> Answer.json(200, described(one)))
				.orElseGet(() -> error(404, "not_found", "File with such an id is not there."));
		case "b2_start_large_file" -> {
			String id = "4_z" + BUCKET_ID + "_f2_" + ++clock;
			uploads.put(id, wanted.path("fileName").asText());
			parts.put(id, new TreeMap<>());
			yield Answer.json(200, JSON.objectNode().put("accountId", ACCOUNT).put("action", "start").put("bucketId", BUCKET_ID).put("contentType", wanted.path("contentType").asText()).put("fileId", id)
					.put("fileName", wanted.path("fileName").asText()).put("uploadTimestamp", clock).set("fileInfo", JSON.objectNode()));
		}
		case "b2_get_upload_part_url" -> Answer.json(200, JSON.objectNode().put("fileId", wanted.path("fileId").asText())
				.put("uploadUrl", address() + "/upload/part/" + wanted.path("fileId").asText()).put("authorizationToken", UPLOAD_TOKEN));
		case "b2_finish_large_file" -> finish(wanted);
		case "b2_cancel_large_file" -> {
			String id = wanted.path("fileId").asText();
			parts.remove(id);
			String was = uploads.remove(id);
			yield was == null ? error(400, "bad_request", "No active upload for: " + id)
					: Answer.json(200, JSON.objectNode().put("accountId", ACCOUNT).put("bucketId", BUCKET_ID).put("fileId", id).put("fileName", was));
		}
		default -> null;
		};
	}

	private ObjectNode described() {
		return JSON.objectNode().put("accountId", ACCOUNT).put("bucketId", BUCKET_ID).put("bucketName", bucket).put("bucketType", "allPrivate").put("revision", 2);
	}

	private static ObjectNode described(Version version) {
		ObjectNode file = JSON.objectNode().put("accountId", ACCOUNT).put("action", "upload").put("bucketId", BUCKET_ID).put("contentLength", version.data().length)
				.put("contentSha1", version.sha1()).put("contentType", "application/octet-stream").put("fileId", version.id()).put("fileName", version.name()).put("uploadTimestamp", version.at());
		file.putObject("fileInfo");
		return file;
	}

	private Version store(String name, byte[] data, String sha1) {
		clock++;
		Version version = new Version("4_z" + BUCKET_ID + "_f1_" + clock, name, clock, data, sha1);
		versions.add(version);
		return version;
	}

	/** Whether what was sent is what its SHA-1 says, or nobody wants to know. */
	private static boolean isVerified(Call call) {
		String sha1 = call.header("X-Bz-Content-Sha1");
		return sha1.equals("do_not_verify") || sha1.equals(sha1(call.body()));
	}

	private static String sha1(byte[] data) {
		return HexFormat.of().formatHex(digest("SHA-1", data));
	}

	private Answer upload(Call call) {
		return !isVerified(call) ? error(400, "bad_request", "Sha1 did not match data received")
				: Answer.json(200, described(store(decoded(call.header("X-Bz-File-Name")), call.body(), sha1(call.body()))));
	}

	private Answer uploadPart(String id, Call call) {
		if (!parts.containsKey(id) || !isVerified(call)) {
			return error(400, "bad_request", "No active upload, or the Sha1 did not match data received");
		}
		int number = Integer.parseInt(call.header("X-Bz-Part-Number"));
		parts.get(id).put(number, call.body());
		return Answer.json(200, JSON.objectNode().put("fileId", id).put("partNumber", number).put("contentLength", call.body().length).put("contentSha1", sha1(call.body())));
	}

	private Answer finish(JsonNode wanted) {
		String id = wanted.path("fileId").asText();
		TreeMap<Integer, byte[]> all = parts.remove(id);
		if (all == null || wanted.path("partSha1Array").size() != all.size()) {
			return error(400, "bad_request", "No active upload for: " + id);
		}
		ByteArrayOutputStream data = new ByteArrayOutputStream();
		all.values().forEach(data::writeBytes);
		// of a large object nobody knows the SHA-1
		return Answer.json(200, described(store(uploads.remove(id), data.toByteArray(), "none")));
	}

	private Optional<Version> newest(String name) {
		return versions.stream().filter(one -> one.name().equals(name)).max(Comparator.comparingLong(Version::at));
	}

	private Answer download(Call call) {
		String name = decoded(call.path().substring(("/file/" + bucket + "/").length()));
		Optional<Version> found = call.path().startsWith("/file/" + bucket + "/") ? newest(name) : Optional.empty();
		return found.map(one -> new Answer(200, Map.of("Content-Type", "application/octet-stream", "X-Bz-File-Id", one.id(), "X-Bz-File-Name", one.name(), "X-Bz-Content-Sha1", one.sha1(),
				"X-Bz-Upload-Timestamp", Long.toString(one.at())), one.data())).orElseGet(() -> error(404, "not_found", "File with such name does not exist."));
	}

	/** In the order of names, and of one name the newest first. */
	private Answer list(JsonNode wanted, boolean newestAlone) {
		ObjectNode body = JSON.objectNode();
		ArrayNode files = body.putArray("files");
		body.putNull("nextFileName");
		int most = Math.min(PAGE, wanted.path("maxFileCount").asInt(100));
		String last = "";
		for (Version version : versions.stream().sorted(Comparator.comparing(Version::name).thenComparing(Version::at, Comparator.reverseOrder())).toList()) {
			boolean wants = version.name().compareTo(wanted.path("startFileName").asText("")) >= 0 && version.name().startsWith(wanted.path("prefix").asText(""));
			if (!wants || newestAlone && version.name().equals(last)) {
				continue;
			}
			if (files.size() == most) {
				body.put("nextFileName", version.name());
				break;
			}
			files.add(described(version));
			last = version.name();
		}
		if (!newestAlone) {
			body.putNull("nextFileId");
		}
		return Answer.json(200, body);
	}
}
