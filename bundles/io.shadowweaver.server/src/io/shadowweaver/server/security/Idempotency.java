// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.server.ApiServer;
import io.shadowweaver.server.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Answers a request that comes again with its {@code Idempotency-Key} as the first time, and does nothing. The same key with another request is refused.
 * Answers are kept for a day, and over a restart where there is a folder. Thread-safe.
 */
@Idempotent
@Priority(3000)
public final class Idempotency implements ContainerRequestFilter, ContainerResponseFilter {
	/** The header. */
	public static final String HEADER = "Idempotency-Key";
	/** Stands with an answer that is given again. */
	static final String REPLAYED = "Idempotent-Replayed";
	private static final String NAME = Idempotency.class.getName();
	private static final String FILE = "idempotency.json";
	private static final Duration KEPT = Duration.ofHours(24);
	private static final int MOST = 1000;
	private static final int LONGEST = 128;
	private static final int SERVER_ERROR = 500;

	private final Optional<Path> file;
	private final InstantSource clock;
	private final ObjectMapper json = ApiServer.mapper();
	private final Map<String, Answer> answers = new LinkedHashMap<>();

	/**
	 * What was answered.
	 *
	 * @param request  hash of method, path and body
	 * @param at       when
	 * @param status   0 while it is being answered
	 * @param location where there is one
	 * @param body     {@code null} for none
	 */
	record Answer(String request, Instant at, int status, String location, JsonNode body) {
	}

	/** A first request that is being answered. */
	private record Pending(String key, String request) {
	}

	/**
	 * @param folder where answers are kept; empty to keep them in memory
	 * @param clock  the real time
	 */
	public Idempotency(Optional<Path> folder, InstantSource clock) {
		this.clock = clock;
		file = folder.map(path -> path.resolve(FILE));
		if (file.isPresent() && Files.exists(file.get())) {
			try {
				answers.putAll(json.readValue(file.get().toFile(), new TypeReference<LinkedHashMap<String, Answer>>() {
				}));
			} catch (IOException e) {
				throw new UncheckedIOException(file.get() + " cannot be read; move it away if no request is repeated across this start: " + e.getMessage(), e);
			}
		}
	}

	@Override
	public void filter(ContainerRequestContext request) throws IOException {
		String key = request.getHeaderString(HEADER);
		if (key == null) {
			return;
		}
		if (key.isBlank() || key.length() > LONGEST) {
			request.abortWith(Problem.response(400, HEADER + " must be 1 to " + LONGEST + " characters."));
			return;
		}
		byte[] body = request.getEntityStream().readAllBytes();
		request.setEntityStream(new ByteArrayInputStream(body));
		String own = (request.getProperty(Caller.ATTRIBUTE) instanceof Caller caller ? caller.means() + " " + caller.name() : "") + "\n" + key;
		String hash = hash(request.getMethod() + " " + request.getUriInfo().getRequestUri().getRawPath() + "\n", body);
		synchronized (this) {
			Instant now = clock.instant();
			answers.values().removeIf(answer -> answer.at.plus(KEPT).isBefore(now));
			Answer known = answers.get(own);
			if (known == null) {
				answers.put(own, new Answer(hash, now, 0, null, null));
				request.setProperty(NAME, new Pending(own, hash));
			} else if (!known.request.equals(hash)) {
				request.abortWith(Problem.response(422, "This " + HEADER + " was sent with another request before."));
			} else if (known.status == 0) {
				request.abortWith(Problem.response(409, "The first request with this " + HEADER + " is being answered."));
			} else {
				request.abortWith(answer(known));
			}
		}
	}

	private static Response answer(Answer known) {
		Response.ResponseBuilder again = Response.status(known.status).header(REPLAYED, "true");
		if (known.location != null) {
			again.header("Location", known.location);
		}
		return known.body == null ? again.build() : again.type(known.status >= 400 ? Problem.JSON : MediaType.APPLICATION_JSON).entity(known.body).build();
	}

	@Override
	public void filter(ContainerRequestContext request, ContainerResponseContext response) {
		if (!(request.getProperty(NAME) instanceof Pending pending)) {
			return;
		}
		synchronized (this) {
			if (response.getStatus() >= SERVER_ERROR) {
				// nothing is known of the effect: it may be tried again
				answers.remove(pending.key);
			} else {
				JsonNode body = response.getEntity() == null ? null : json.valueToTree(response.getEntity());
				answers.put(pending.key, new Answer(pending.request, clock.instant(), response.getStatus(), response.getHeaderString("Location"), body));
			}
			var oldest = answers.entrySet().iterator();
			while (answers.size() > MOST && oldest.hasNext()) {
				if (oldest.next().getValue().status != 0) {
					oldest.remove();
				}
			}
			keep();
		}
	}

	/** Whole or not at all. */
	private void keep() {
		if (file.isEmpty()) {
			return;
		}
		Map<String, Answer> ended = new LinkedHashMap<>(answers);
		ended.values().removeIf(answer -> answer.status == 0);
		try {
			Files.createDirectories(file.get().getParent());
			Path temporary = Files.createTempFile(file.get().getParent(), "idempotency", ".tmp");
			json.writeValue(temporary.toFile(), ended);
			Files.move(temporary, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			System.getLogger(NAME).log(System.Logger.Level.WARNING, "Answers are not kept over a restart: " + e.getMessage());
		}
	}

	private static String hash(String head, byte[] body) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(head.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest.digest(body));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("each Java has SHA-256", e);
		}
	}
}
