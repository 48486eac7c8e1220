// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server on loopback that plays exchanges which were <em>written</em> from the published reference of an API; nobody recorded them, and they
 * prove nothing of the real service. A file holds one exchange and says where the reference is, and
 * which machine-readable specification, or else which document, its calls and answers were compared with:
 *
 * <pre>
 * # Reference: https://docs.example.com/api/make
 * # API version: 2024-01-01
 * # Checked against: https://github.com/example/specifications/machines.json, revision 7
 * POST /machines
 * name={name}
 * body "size":"large"
 * header Authorization: Bearer {bearer}
 * ---
 * 201 application/json
 * Location: {self}/machines/1
 *
 * {"name": "{name}"}
 * </pre>
 *
 * What stands before the line of hyphens must all hold of a request: method and path, parameters of query or form, pieces of the body (blanks between its
 * marks do not count) and headers. {@code {name}} takes any value and is the same value everywhere; in the answer also those of {@link #value}. {@code {self}}
 * is the address of this server. An answer whose status is {@code lost} is a connection that ends without one.
 */
public final class WrittenExchanges implements AutoCloseable {
	private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)\\}");

	private record Expected(String kind, String key, String value) {
	}

	private record Written(String name, String method, String path, List<Expected> expected, String status, String type, List<String> headers, String body) {
	}

	/** A request as it came. */
	private record Request(String method, String path, Map<String, String> parameters, String body, Map<String, String> headers) {
	}

	private final Class<?> owner;
	private final HttpServer server;
	private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("written exchanges ", 1).factory());
	private final List<Written> once = new CopyOnWriteArrayList<>();
	private final List<Written> always = new CopyOnWriteArrayList<>();
	private final Map<String, Function<Map<String, String>, String>> values = new ConcurrentHashMap<>();
	private final List<String> played = new CopyOnWriteArrayList<>();
	private final List<String> unexpected = new CopyOnWriteArrayList<>();

	/** @param owner the class beside which the folder {@code exchanges} lies */
	public WrittenExchanges(Class<?> owner) throws IOException {
		this.owner = owner;
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::handle);
		server.setExecutor(threads);
		server.start();
	}

	/** Where it listens. */
	public URI address() {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
	}

	/** Each is played once, before those that are always played; of several that fit the first. */
	public WrittenExchanges once(String... names) {
		Arrays.stream(names).map(this::read).forEach(once::add);
		return this;
	}

	/** Played whenever they fit; of several that fit the one that expects most, then the first. */
	public WrittenExchanges always(String... names) {
		Arrays.stream(names).map(this::read).forEach(always::add);
		always.sort(Comparator.comparingInt((Written written) -> written.expected().size()).reversed());
		return this;
	}

	/** What stands for a place in answers, from the places of the request. */
	public WrittenExchanges value(String place, Function<Map<String, String>, String> value) {
		values.put(place, value);
		return this;
	}

	/** A constant for a place in answers. */
	public WrittenExchanges value(String place, String value) {
		return value(place, request -> value);
	}

	/** The names of what was played, in order. */
	public List<String> played() {
		return List.copyOf(played);
	}

	/** How often one was played. */
	public long played(String name) {
		return played.stream().filter(name::equals).count();
	}

	/** Ends, and fails where a request came that no exchange fits, or one that should be played once was not. */
	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
		if (!unexpected.isEmpty() || !once.isEmpty()) {
			throw new AssertionError("no exchange fits " + unexpected + "; not played: " + once.stream().map(Written::name).toList());
		}
	}

	/** The text of an exchange's answer, with its places filled: for what an answer holds several times. */
	public String answer(String name, Map<String, String> places) {
		return filled(read(name).body(), places);
	}

	private Written read(String name) {
		String text;
		try (var in = owner.getResourceAsStream("exchanges/" + name + ".txt")) {
			if (in == null) {
				throw new IllegalArgumentException("there is no exchange " + name);
			}
			text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
		} catch (IOException e) {
			throw new IllegalStateException(name + " cannot be read", e);
		}
		String[] parts = text.split("\n---\n", 2);
		List<String> lines = parts[0].lines().toList();
		for (String source : List.of("# Reference: https://", "# API version: ", "# Checked against: https://")) {
			if (lines.stream().noneMatch(line -> line.startsWith(source))) {
				throw new IllegalArgumentException(name + " must say the address of the reference, the version of the API and what it was checked against; it has no '" + source + "'");
			}
		}
		List<String> request = lines.stream().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
		String[] first = request.getFirst().split(" ", 2);
		List<Expected> expected = new ArrayList<>();
		for (String line : request.subList(1, request.size())) {
			expected.add(expected(line));
		}
		String[] answer = parts[1].split("\n\n", 2);
		List<String> head = answer[0].lines().toList();
		String[] status = head.getFirst().split(" ", 2);
		return new Written(name, first[0], first[1], List.copyOf(expected), status[0], status.length > 1 ? status[1] : "", head.subList(1, head.size()),
				answer.length > 1 ? answer[1].strip() : "");
	}

	private static Expected expected(String line) {
		if (line.startsWith("body ")) {
			return new Expected("body", "", line.substring("body ".length()));
		}
		if (line.startsWith("header ")) {
			int colon = line.indexOf(':');
			return new Expected("header", line.substring("header ".length(), colon).toLowerCase(java.util.Locale.ROOT), line.substring(colon + 1).strip());
		}
		int equals = line.indexOf('=');
		return new Expected("parameter", line.substring(0, equals), line.substring(equals + 1));
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Request request = request(exchange);
			Map<String, String> places = new HashMap<>();
			Written written = find(request, places);
			if (written == null) {
				unexpected.add(request.method() + " " + request.path() + " " + request.parameters() + " " + request.body());
				exchange.sendResponseHeaders(599, -1);
				return;
			}
			played.add(written.name());
			String status = filled(written.status(), places);
			byte[] body = filled(written.body(), places).getBytes(StandardCharsets.UTF_8);
			if (status.equals("lost")) {
				return;
			}
			for (String header : written.headers()) {
				int colon = header.indexOf(':');
				exchange.getResponseHeaders().set(header.substring(0, colon), filled(header.substring(colon + 1).strip(), places));
			}
			if (!written.type().isEmpty()) {
				exchange.getResponseHeaders().set("Content-Type", written.type());
			}
			exchange.sendResponseHeaders(Integer.parseInt(status), body.length == 0 ? -1 : body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static Request request(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Map<String, String> headers = new HashMap<>();
		exchange.getRequestHeaders().forEach((key, list) -> headers.put(key.toLowerCase(java.util.Locale.ROOT), list.getFirst()));
		Map<String, String> parameters = new HashMap<>();
		parameters(exchange.getRequestURI().getRawQuery(), parameters);
		if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
			parameters(body, parameters);
		}
		return new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), parameters, body.replaceAll("(?<=[\\[{,:\\]}])\\s+|\\s+(?=[\\[{,:\\]}])", ""), headers);
	}

	private static void parameters(String form, Map<String, String> parameters) {
		for (String pair : form == null ? new String[0] : form.split("&")) {
			int equals = pair.indexOf('=');
			if (equals > 0) {
				parameters.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
						URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
			}
		}
	}

	private synchronized Written find(Request request, Map<String, String> places) {
		for (Iterator<Written> all = once.iterator(); all.hasNext();) {
			Written written = all.next();
			if (fits(written, request, places)) {
				once.remove(written);
				return written;
			}
		}
		return always.stream().filter(written -> fits(written, request, places)).findFirst().orElse(null);
	}

	private boolean fits(Written written, Request request, Map<String, String> places) {
		Map<String, String> found = new HashMap<>();
		boolean fits = written.method().equals(request.method()) && matches(written.path(), request.path(), "[^/]*", found);
		for (Expected expected : fits ? written.expected() : List.<Expected>of()) {
			String actual = switch (expected.kind()) {
			case "body" -> request.body();
			case "header" -> request.headers().get(expected.key());
			default -> request.parameters().get(expected.key());
			};
			fits &= actual != null && matches(expected.value(), actual, expected.kind().equals("body") ? "[^\"]*" : ".*", found);
		}
		if (fits) {
			places.clear();
			places.putAll(found);
		}
		return fits;
	}

	private static boolean matches(String wanted, String actual, String place, Map<String, String> found) {
		boolean whole = !place.equals("[^\"]*");
		Matcher places = PLACE.matcher(wanted);
		StringBuilder regex = new StringBuilder();
		List<String> names = new ArrayList<>();
		int end = 0;
		while (places.find()) {
			regex.append(Pattern.quote(wanted.substring(end, places.start())));
			String name = places.group(1);
			String known = found.get(name);
			regex.append(known != null ? Pattern.quote(known) : names.contains(name) ? "\\k<" + name + ">" : "(?<" + name + ">" + place + ")");
			names.add(name);
			end = places.end();
		}
		Matcher matcher = Pattern.compile(regex.append(Pattern.quote(wanted.substring(end))).toString()).matcher(actual);
		if (!(whole ? matcher.matches() : matcher.find())) {
			return false;
		}
		names.stream().filter(name -> !found.containsKey(name)).forEach(name -> found.put(name, matcher.group(name)));
		return true;
	}

	private String filled(String text, Map<String, String> places) {
		Matcher matcher = PLACE.matcher(text);
		return matcher.replaceAll(match -> {
			String name = match.group(1);
			String value = name.equals("self") ? address().toString() : places.containsKey(name) ? places.get(name)
					: values.containsKey(name) ? values.get(name).apply(places) : match.group();
			return Matcher.quoteReplacement(value);
		});
	}
}
