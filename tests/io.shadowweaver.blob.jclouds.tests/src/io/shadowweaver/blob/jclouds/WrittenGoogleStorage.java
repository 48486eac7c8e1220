// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Google Cloud Storage as the reference of its JSON API has it.
 *
 * <pre>
 * # Reference: https://cloud.google.com/storage/docs/json_api/v1
 * # API version: v1
 * # Checked against: https://storage.googleapis.com/$discovery/rest?version=v1, revision 20260911 (methods, parameters, fields)
 * # Reference: https://developers.google.com/identity/protocols/oauth2/service-account#httprest (token)
 * </pre>
 */
final class WrittenGoogleStorage extends WrittenStore {
	static final String TOKENS = "/token";
	private static final String TOKEN = "ya29.written";
	private static final int PAGE = 25;
	private static final Pattern BUCKET = Pattern.compile("/storage/v1/b/([^/]+)");
	private static final Pattern OBJECTS = Pattern.compile("/storage/v1/b/([^/]+)/o");
	private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)");
	private static final Pattern UPLOAD = Pattern.compile("/upload/storage/v1/b/([^/]+)/o");

	private final Map<String, TreeMap<String, ObjectNode>> buckets = new HashMap<>();
	private final Map<String, byte[]> data = new HashMap<>();
	private boolean declining;
	private long generation = 1_700_000_000_000_000L;

	WrittenGoogleStorage() throws IOException {
	}

	/** From now on no assertion is taken. */
	synchronized void decline() {
		declining = true;
	}

	@Override
	synchronized Answer answer(Call call) throws IOException {
		if (call.path().equals(TOKENS) && call.method().equals("POST")) {
			return token(call);
		}
		if (!call.header("Authorization").equals("Bearer " + TOKEN)) {
			return error(401, "authError", "Invalid Credentials");
		}
		Matcher match = UPLOAD.matcher(call.path());
		if (match.matches() && call.method().equals("POST") && call.query().equals(Map.of("uploadType", "multipart"))) {
			return upload(match.group(1), call);
		}
		if (call.path().equals("/storage/v1/b") && call.method().equals("POST") && call.query().containsKey("project")) {
			return create(call.json().path("name").asText());
		}
		match = BUCKET.matcher(call.path());
		if (match.matches() && call.method().equals("GET")) {
			return buckets.containsKey(match.group(1)) ? Answer.json(200, bucket(match.group(1))) : missing(match.group(1));
		}
		match = OBJECTS.matcher(call.path());
		if (match.matches() && call.method().equals("GET")) {
			return list(match.group(1), call.query());
		}
		match = OBJECT.matcher(call.path());
		return match.matches() ? object(match.group(1), decoded(match.group(2)), call) : null;
	}

	private Answer token(Call call) {
		String form = decoded(new String(call.body(), StandardCharsets.UTF_8));
		if (declining || !form.contains("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer") || !form.matches("(.*&)?assertion=[\\w-]+\\.[\\w-]+\\.[\\w-]+(&.*)?")) {
			return Answer.json(400, JSON.objectNode().put("error", "invalid_grant").put("error_description", "Invalid JWT Signature."));
		}
		return Answer.json(200, JSON.objectNode().put("access_token", TOKEN).put("expires_in", 3599).put("token_type", "Bearer"));
	}

	private static Answer error(int status, String reason, String message) {
		ObjectNode body = JSON.objectNode();
		ObjectNode error = body.putObject("error").put("code", status).put("message", message);
		error.putArray("errors").addObject().put("message", message).put("domain", "global").put("reason", reason);
		return Answer.json(status, body);
	}

	private static Answer missing(String bucket) {
		return error(404, "notFound", "The specified bucket does not exist: " + bucket);
	}

	private static ObjectNode bucket(String name) {
		return JSON.objectNode().put("kind", "storage#bucket").put("selfLink", "https://www.googleapis.com/storage/v1/b/" + name).put("id", name).put("name", name).put("projectNumber", "4711").put("metageneration", "1").put("location", "EU")
				.put("storageClass", "STANDARD").put("etag", "CAE=").put("timeCreated", "2026-05-01T10:00:00.000Z").put("updated", "2026-05-01T10:00:00.000Z");
	}

	private Answer create(String name) {
		if (buckets.putIfAbsent(name, new TreeMap<>()) != null) {
			return error(409, "conflict", "Your previous request to create the named bucket succeeded and you already own it.");
		}
		return Answer.json(200, bucket(name));
	}

	private Answer upload(String bucket, Call call) throws IOException {
		if (!buckets.containsKey(bucket)) {
			return missing(bucket);
		}
		// the reference says multipart/related; jclouds, whose authors ran it against the service, sends form-data
		Matcher type = Pattern.compile("multipart/(?:related|form-data); *boundary=\"?([^\";]+)\"?.*").matcher(call.header("Content-Type"));
		if (!type.matches()) {
			return error(400, "badContent", "The upload is not multipart.");
		}
		List<byte[]> parts = parts(call.body(), type.group(1));
		JsonNode wanted = new ObjectMapper().readTree(parts.get(0));
		byte[] bytes = parts.get(1);
		String md5 = Base64.getEncoder().encodeToString(digest("MD5", bytes));
		if (wanted.hasNonNull("md5Hash") && !wanted.path("md5Hash").asText().equals(md5)) {
			return error(400, "invalid", "Provided MD5 hash does not match calculated MD5 hash.");
		}
		return Answer.json(200, store(bucket, wanted.path("name").asText(), bytes).put("md5Hash", md5));
	}

	private static List<byte[]> parts(byte[] body, String boundary) {
		String text = new String(body, StandardCharsets.ISO_8859_1);
		List<byte[]> parts = new ArrayList<>();
		String line = "--" + boundary;
		for (int at = text.indexOf(line); at >= 0;) {
			int next = text.indexOf("\r\n" + line, at + line.length());
			int from = text.indexOf("\r\n\r\n", at) + 4;
			if (next < 0 || from < 4 || from > next + 2) {
				break;
			}
			parts.add(Arrays.copyOfRange(body, Math.min(from, next), next));
			at = next + 2;
		}
		return parts;
	}

	private ObjectNode store(String bucket, String name, byte[] bytes) {
		String number = Long.toString(++generation);
		String link = "https://www.googleapis.com/storage/v1/b/" + bucket + "/o/" + name.replace("/", "%2F");
		ObjectNode object = JSON.objectNode().put("kind", "storage#object").put("selfLink", link).put("mediaLink", link.replace("/storage/", "/download/storage/") + "?alt=media").put("crc32c", crc(bytes)).put("id", bucket + "/" + name + "/" + number).put("name", name).put("bucket", bucket)
				.put("generation", number).put("metageneration", "1").put("contentType", "application/octet-stream").put("storageClass", "STANDARD").put("size", Integer.toString(bytes.length))
				.put("etag", "CO" + number).put("timeCreated", "2026-05-01T10:00:00.000Z").put("updated", "2026-05-01T10:00:00.000Z");
		buckets.get(bucket).put(name, object);
		data.put(bucket + "/" + name, bytes);
		return object;
	}

	private static String crc(byte[] bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes);
		return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

	private Answer list(String bucket, Map<String, String> query) {
		if (!buckets.containsKey(bucket)) {
			return missing(bucket);
		}
		ObjectNode page = JSON.objectNode().put("kind", "storage#objects");
		ArrayNode items = page.putArray("items");
		int most = Math.min(PAGE, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
		String last = "";
		for (ObjectNode object : buckets.get(bucket).tailMap(query.getOrDefault("pageToken", ""), false).values()) {
			if (object.path("name").asText().startsWith(query.getOrDefault("prefix", ""))) {
				if (items.size() == most) {
					page.put("nextPageToken", last);
					break;
				}
				items.add(object);
				last = object.path("name").asText();
			}
		}
		return Answer.json(200, page);
	}

	private Answer object(String bucket, String name, Call call) {
		ObjectNode found = buckets.getOrDefault(bucket, new TreeMap<>()).get(name);
		if (found == null) {
			return error(404, "notFound", "No such object: " + bucket + "/" + name);
		}
		switch (call.method()) {
		case "GET":
			if (!call.query().getOrDefault("alt", "json").equals("media")) {
				return Answer.json(200, found);
			}
			return new Answer(200, Map.of("Content-Type", "application/octet-stream", "X-Goog-Generation", found.path("generation").asText()), data.get(bucket + "/" + name));
		case "DELETE":
			buckets.get(bucket).remove(name);
			data.remove(bucket + "/" + name);
			return Answer.empty(204);
		default:
			return null;
		}
	}
}
