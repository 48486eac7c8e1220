// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.shadowweaver.server.AutoscalingSettings;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.OidcSettings;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;
import io.shadowweaver.ui.act.Quantity;
import io.shadowweaver.ui.act.Quantity.Kind;

/** Where the API listens and whom it answers, as fields of a form. Their keys are those below {@code server} in {@code weave.yaml}. Pure. */
final class ServerForm {
	/** Where it listens. */
	static final String ADDRESS = "address";
	/** How else it may be called. */
	static final String NAMES = "names";
	/** What may be done without a key. */
	static final String ANONYMOUS = "anonymous";
	/** Subjects of certificates of clients, a line each. */
	static final String CLIENTS = "tls.clients";
	/** Values of the claim, a line each. */
	static final String SCOPES = "oidc.scopes";
	/** Whether autoscalers are answered: {@code true} or {@code false}. */
	static final String AUTOSCALING = "autoscaling.enabled";

	private static final double HOUR = 3_600;
	private static final double MOST = 1_000_000;
	private static final Limits LIMITED = Limits.DEFAULT;
	private static final AutoscalingSettings SCALED = AutoscalingSettings.DEFAULT;

	/** The port. */
	static final Quantity PORT = Quantity.of("port", "Port", Kind.COUNT, 0, 65_535, ServerSettings.LOOPBACK.port(), "0 takes any that is free; which one is said above");
	/** Files of TLS. */
	static final List<Field> TLS = List.of(new Field("tls.certificate", "Certificate", "a file in PEM; empty for no TLS", "The chain, the server's own certificate first"),
			new Field("tls.key", "Its key", "a file in PEM, PKCS8, not encrypted", "The key of the certificate"),
			new Field("tls.keystore", "Or a key store", "a PKCS12 file instead of both", "Holds certificate and key"),
			new Field("tls.passwordFile", "Its password", "a file whose first line is the password", "The password itself is not kept here"),
			new Field("tls.clientCa", "Authority of clients", "a file in PEM; empty to ask for no certificates", "Who may certify those who ask"));
	/** Tokens of an OpenID provider. */
	static final List<Field> OIDC = List.of(new Field("oidc.issuer", "Issuer", "https://…; empty for nobody's tokens", "As tokens name it, to the letter"),
			new Field("oidc.audience", "Audience", "", "What a token must name"), new Field("oidc.jwks", "Its keys", "https://…; empty to ask the issuer", "Where the keys of the issuer are"),
			new Field("oidc.claim", "Claim with scopes", "empty for scope", "Holds scopes or roles"), new Field("oidc.name", "Claim with the name", "empty for sub", "Holds the name of the person"));
	/** How much is answered. */
	static final List<Quantity> LIMITS = List.of(
			Quantity.of("limits.requestsPerSecond", "Requests a second", Kind.COUNT, 1, MOST, LIMITED.requestsPerSecond(), "Of one caller, over time; twice as many at once"),
			Quantity.of("limits.failuresPerMinute", "Failures a minute", Kind.COUNT, 1, MOST, LIMITED.failuresPerMinute(), "Attempts with a wrong key from one address, before it is not listened to for a while"),
			Quantity.of("limits.bodyBytes", "Bytes of a body", Kind.COUNT, 1, 1 << 30, LIMITED.bodyBytes(), "The largest body of a request"),
			Quantity.of("limits.connections", "Connections", Kind.COUNT, 1, MOST, LIMITED.connections(), "Open at once"),
			Quantity.of("limits.streams", "Streams", Kind.COUNT, 1, MOST, LIMITED.streams(), "Open at once, of all callers"),
			Quantity.of("limits.streamsPerCaller", "Streams of a caller", Kind.COUNT, 1, MOST, LIMITED.streamsPerCaller(), "Open at once, of one caller"),
			Quantity.of("limits.time", "Time for an answer", Kind.SPAN, 1, HOUR, seconds(LIMITED.time()), "The longest that an answer may take to compute"),
			Quantity.of("limits.idle", "Silence", Kind.SPAN, 1, HOUR, seconds(LIMITED.idle()), "How long a connection may say nothing before it is closed"));
	/** What autoscalers of others are told. */
	static final List<Quantity> SCALERS = List.of(
			Quantity.of("autoscaling.horizon", "Ahead", Kind.SPAN, 1, seconds(AutoscalingSettings.LONGEST), seconds(SCALED.horizon()), "How far ahead demand is read where the question does not say"),
			Quantity.of("autoscaling.quantile", "Quantile", Kind.PERCENT, .001, .999, SCALED.quantile(), "Which quantile of demand is read where the question does not say"),
			Quantity.optional("autoscaling.staleAfter", "Told nothing after", Kind.SPAN, 1, 365 * 24 * HOUR, "How old the newest value may be; empty for three steps, and at least ten minutes"));

	/**
	 * A field of text.
	 *
	 * @param key   as below {@code server}
	 * @param label before the field
	 * @param hint  behind it
	 * @param tip   what it is for
	 */
	record Field(String key, String label, String hint, String tip) {
	}

	private ServerForm() {
	}

	/** What stands in the fields. */
	static Map<String, String> texts(ServerSettings settings) {
		Map<String, String> texts = new LinkedHashMap<>();
		texts.put(ADDRESS, settings.host());
		texts.put(PORT.key(), PORT.text(settings.port()));
		texts.put(NAMES, String.join(", ", settings.names()));
		texts.put(ANONYMOUS, text(settings.anonymous()));
		Optional<TlsSettings> tls = settings.tls();
		texts.put("tls.certificate", path(tls.flatMap(TlsSettings::certificate)));
		texts.put("tls.key", path(tls.flatMap(TlsSettings::key)));
		texts.put("tls.keystore", path(tls.flatMap(TlsSettings::keystore)));
		texts.put("tls.passwordFile", path(tls.flatMap(TlsSettings::passwordFile)));
		texts.put("tls.clientCa", path(tls.flatMap(TlsSettings::clientCa)));
		texts.put(CLIENTS, lines(tls.map(TlsSettings::clients).orElse(Map.of())));
		Optional<OidcSettings> oidc = settings.oidc();
		texts.put("oidc.issuer", oidc.map(OidcSettings::issuer).orElse(""));
		texts.put("oidc.audience", oidc.map(OidcSettings::audience).orElse(""));
		texts.put("oidc.jwks", oidc.flatMap(OidcSettings::jwks).orElse(""));
		texts.put("oidc.claim", oidc.flatMap(OidcSettings::claim).orElse(""));
		texts.put("oidc.name", oidc.flatMap(OidcSettings::name).orElse(""));
		texts.put(SCOPES, lines(oidc.map(OidcSettings::scopes).orElse(Map.of())));
		Limits limits = settings.limits();
		double[] amounts = { limits.requestsPerSecond(), limits.failuresPerMinute(), limits.bodyBytes(), limits.connections(), limits.streams(), limits.streamsPerCaller(), seconds(limits.time()),
				seconds(limits.idle()) };
		for (int i = 0; i < amounts.length; i++) {
			texts.put(LIMITS.get(i).key(), LIMITS.get(i).text(amounts[i]));
		}
		AutoscalingSettings scaling = settings.autoscaling();
		texts.put(AUTOSCALING, String.valueOf(scaling.enabled()));
		double[] told = { seconds(scaling.horizon()), scaling.quantile(), scaling.staleAfter().map(ServerForm::seconds).orElse(Double.NaN) };
		for (int i = 0; i < told.length; i++) {
			texts.put(SCALERS.get(i).key(), SCALERS.get(i).text(told[i]));
		}
		return texts;
	}

	/**
	 * Reads the fields.
	 *
	 * @param texts by key
	 * @throws IllegalArgumentException with a sentence about what is wrong, or does not fit together
	 */
	static ServerSettings read(Function<String, String> texts) {
		Map<String, Optional<Double>> numbers = new LinkedHashMap<>();
		Stream.of(List.of(PORT), LIMITS, SCALERS).flatMap(List::stream).forEach(field -> numbers.put(field.key(), field.read(texts.apply(field.key()))));
		String address = texts.apply(ADDRESS).strip();
		if (address.isEmpty() || address.contains(" ")) {
			throw new IllegalArgumentException("Address must be an address or a name of this machine, such as 127.0.0.1.");
		}
		try {
			return new ServerSettings(address, number(numbers, PORT.key()), words(texts.apply(NAMES)), scopes(texts.apply(ANONYMOUS)), tls(texts), oidc(texts), limits(numbers),
					new AutoscalingSettings(Boolean.parseBoolean(texts.apply(AUTOSCALING)), span(numbers, "autoscaling.horizon"), numbers.get("autoscaling.quantile").orElseThrow(),
							numbers.get("autoscaling.staleAfter").map(Quantity::span)));
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException(sentence(e.getMessage()), e);
		}
	}

	private static Limits limits(Map<String, Optional<Double>> numbers) {
		return new Limits(number(numbers, "limits.requestsPerSecond"), number(numbers, "limits.failuresPerMinute"), number(numbers, "limits.bodyBytes"), number(numbers, "limits.connections"),
				number(numbers, "limits.streams"), number(numbers, "limits.streamsPerCaller"), span(numbers, "limits.time"), span(numbers, "limits.idle"));
	}

	private static Optional<TlsSettings> tls(Function<String, String> texts) {
		Map<String, Optional<Path>> files = new LinkedHashMap<>();
		TLS.forEach(field -> files.put(field.key(), file(field, texts.apply(field.key()).strip())));
		Map<String, Set<Scope>> clients = mapped("Subjects of clients", texts.apply(CLIENTS));
		return files.values().stream().allMatch(Optional::isEmpty) && clients.isEmpty() ? Optional.empty()
				: Optional.of(new TlsSettings(files.get("tls.certificate"), files.get("tls.key"), files.get("tls.keystore"), files.get("tls.passwordFile"), files.get("tls.clientCa"), clients));
	}

	private static Optional<Path> file(Field field, String text) {
		try {
			Optional<Path> path = Optional.of(text).filter(one -> !one.isEmpty()).map(Path::of);
			if (path.filter(one -> !one.isAbsolute()).isEmpty()) {
				return path;
			}
		} catch (InvalidPathException e) {
			throw new IllegalArgumentException(field.label() + " must be a file, not '" + text + "'.", e);
		}
		throw new IllegalArgumentException(field.label() + " must be a file with its whole path, not '" + text + "'.");
	}

	private static Optional<OidcSettings> oidc(Function<String, String> texts) {
		Map<String, Optional<String>> said = new LinkedHashMap<>();
		OIDC.forEach(field -> said.put(field.key(), Optional.of(texts.apply(field.key()).strip()).filter(one -> !one.isEmpty())));
		Map<String, Set<Scope>> scopes = mapped("Values of the claim", texts.apply(SCOPES));
		return said.values().stream().allMatch(Optional::isEmpty) && scopes.isEmpty() ? Optional.empty()
				: Optional.of(new OidcSettings(said.get("oidc.issuer").orElse(""), said.get("oidc.audience").orElse(""), said.get("oidc.jwks"), said.get("oidc.claim"), said.get("oidc.name"), scopes));
	}

	/** Lines of {@code subject: scope, scope}; a subject may hold a colon itself. */
	private static Map<String, Set<Scope>> mapped(String label, String text) {
		Map<String, Set<Scope>> all = new LinkedHashMap<>();
		for (String line : text.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
			int colon = line.lastIndexOf(':');
			Set<Scope> scopes = colon < 1 ? Set.of() : scopes(line.substring(colon + 1));
			if (scopes.isEmpty()) {
				throw new IllegalArgumentException(label + " are lines such as 'CN=grafana: read', not '" + line + "'.");
			}
			if (all.put(line.substring(0, colon).strip(), scopes) != null) {
				throw new IllegalArgumentException(label + " name '" + line.substring(0, colon).strip() + "' twice.");
			}
		}
		return all;
	}

	private static Set<Scope> scopes(String text) {
		return words(text).stream().map(Scope::of).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static List<String> words(String text) {
		return Arrays.stream(text.split("[,\\s]+")).filter(one -> !one.isEmpty()).toList();
	}

	/** Scopes as they are written. */
	static String text(Set<Scope> scopes) {
		return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(", "));
	}

	private static String lines(Map<String, Set<Scope>> all) {
		return all.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(one -> one.getKey() + ": " + text(one.getValue())).collect(Collectors.joining("\n"));
	}

	private static String path(Optional<Path> path) {
		return path.map(Path::toString).orElse("");
	}

	/** Who can ask with such settings, and what that needs. */
	static String reach(ServerSettings settings) {
		return settings.isLocal() ? "Only this machine can ask." : "Other machines can ask, over TLS: somebody must be known, by a key, a certificate or a token.";
	}

	/** What a part of the settings says, as a sentence. */
	static String sentence(String text) {
		return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
	}

	private static int number(Map<String, Optional<Double>> numbers, String key) {
		return numbers.get(key).orElseThrow().intValue();
	}

	private static Duration span(Map<String, Optional<Double>> numbers, String key) {
		return Quantity.span(numbers.get(key).orElseThrow());
	}

	private static double seconds(Duration span) {
		return span.toMillis() / 1e3;
	}
}
