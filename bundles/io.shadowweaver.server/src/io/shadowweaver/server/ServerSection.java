// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.server.security.Limits;
import io.shadowweaver.server.security.OidcSettings;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.TlsSettings;

/**
 * The section {@code server} of {@code weave.yaml}; what is left out is as in {@link ServerSettings#LOOPBACK}. Its schema is
 * {@code docs/api/weave.schema.json}.
 *
 * @param address   where to listen
 * @param port      0 for any free one
 * @param names     how else this server may be called
 * @param anonymous what somebody on this machine may do without a key
 * @param tls       keys and certificates; their files are relative to {@code weave.yaml}
 * @param oidc      whose bearer tokens are taken
 * @param limits    how much is answered
 * @param autoscaling what autoscalers of others are told
 */
public record ServerSection(Optional<String> address, Optional<Integer> port, Optional<List<String>> names, Optional<Set<Scope>> anonymous, Optional<TlsSettings> tls, Optional<OidcSettings> oidc,
		Optional<Amounts> limits, Optional<Autoscaling> autoscaling) {
	private static final ObjectMapper JSON = ApiServer.mapper();

	/**
	 * As {@link Limits}, where each may be left out.
	 *
	 * @param requestsPerSecond as {@link Limits#requestsPerSecond()}
	 * @param failuresPerMinute as {@link Limits#failuresPerMinute()}
	 * @param bodyBytes         as {@link Limits#bodyBytes()}
	 * @param connections       as {@link Limits#connections()}
	 * @param streams           as {@link Limits#streams()}
	 * @param streamsPerCaller  as {@link Limits#streamsPerCaller()}
	 * @param time              as {@link Limits#time()}
	 * @param idle              as {@link Limits#idle()}
	 */
	public record Amounts(Optional<Integer> requestsPerSecond, Optional<Integer> failuresPerMinute, Optional<Long> bodyBytes, Optional<Integer> connections, Optional<Integer> streams,
			Optional<Integer> streamsPerCaller, Optional<Duration> time, Optional<Duration> idle) {
		/**
		 * Checks, so that a file is refused where it is wrong.
		 *
		 * @throws IllegalArgumentException names the limit that is out of its range
		 */
		public Amounts {
			limits(requestsPerSecond, failuresPerMinute, bodyBytes, connections, streams, streamsPerCaller, time, idle);
		}

		private static Amounts of(Limits limits) {
			return new Amounts(Optional.of(limits.requestsPerSecond()), Optional.of(limits.failuresPerMinute()), Optional.of(limits.bodyBytes()), Optional.of(limits.connections()),
					Optional.of(limits.streams()), Optional.of(limits.streamsPerCaller()), Optional.of(limits.time()), Optional.of(limits.idle()));
		}

		Limits limits() {
			return limits(requestsPerSecond, failuresPerMinute, bodyBytes, connections, streams, streamsPerCaller, time, idle);
		}

		private static Limits limits(Optional<Integer> requests, Optional<Integer> failures, Optional<Long> body, Optional<Integer> connections, Optional<Integer> streams,
				Optional<Integer> perCaller, Optional<Duration> time, Optional<Duration> idle) {
			Limits usual = Limits.DEFAULT;
			return new Limits(or(requests, usual.requestsPerSecond()), or(failures, usual.failuresPerMinute()), or(body, usual.bodyBytes()), or(connections, usual.connections()),
					or(streams, usual.streams()), or(perCaller, usual.streamsPerCaller()), or(time, usual.time()), or(idle, usual.idle()));
		}
	}

	/**
	 * As {@link AutoscalingSettings}, where each may be left out.
	 *
	 * @param enabled    as {@link AutoscalingSettings#enabled()}
	 * @param horizon    as {@link AutoscalingSettings#horizon()}
	 * @param quantile   as {@link AutoscalingSettings#quantile()}
	 * @param staleAfter as {@link AutoscalingSettings#staleAfter()}
	 */
	public record Autoscaling(Optional<Boolean> enabled, Optional<Duration> horizon, Optional<Double> quantile, Optional<Duration> staleAfter) {
		/**
		 * Checks, so that a file is refused where it is wrong.
		 *
		 * @throws IllegalArgumentException names what is out of its range
		 */
		public Autoscaling {
			settings(enabled, horizon, quantile, staleAfter);
		}

		private static Autoscaling of(AutoscalingSettings settings) {
			return new Autoscaling(Optional.of(settings.enabled()), Optional.of(settings.horizon()), Optional.of(settings.quantile()), settings.staleAfter());
		}

		AutoscalingSettings settings() {
			return settings(enabled, horizon, quantile, staleAfter);
		}

		private static AutoscalingSettings settings(Optional<Boolean> enabled, Optional<Duration> horizon, Optional<Double> quantile, Optional<Duration> staleAfter) {
			AutoscalingSettings usual = AutoscalingSettings.DEFAULT;
			return new AutoscalingSettings(or(enabled, usual.enabled()), or(horizon, usual.horizon()), or(quantile, usual.quantile()), present(staleAfter));
		}
	}

	/** The section that says what settings are. */
	public static ServerSection of(ServerSettings settings) {
		return new ServerSection(Optional.of(settings.host()), Optional.of(settings.port()), Optional.of(settings.names()), Optional.of(settings.anonymous()), settings.tls(), settings.oidc(),
				Optional.of(Amounts.of(settings.limits())), Optional.of(Autoscaling.of(settings.autoscaling())));
	}

	/**
	 * Reads what {@link #text()} has written.
	 *
	 * @throws IllegalArgumentException says what is wrong with it
	 */
	public static ServerSection parse(String text) {
		try {
			return JSON.readValue(text, ServerSection.class);
		} catch (JsonProcessingException e) {
			throw new IllegalArgumentException(e.getCause() instanceof IllegalArgumentException wrong ? wrong.getMessage() : e.getOriginalMessage(), e);
		}
	}

	/** As JSON, with the keys of the file. */
	public String text() {
		try {
			return JSON.writeValueAsString(this);
		} catch (JsonProcessingException e) {
			throw new IllegalStateException("records of texts and numbers are written as JSON", e);
		}
	}

	/**
	 * What it says.
	 *
	 * @param folder of the file
	 * @throws IllegalArgumentException when what it says does not fit together
	 */
	public ServerSettings settings(Path folder) {
		ServerSettings usual = ServerSettings.LOOPBACK;
		Optional<TlsSettings> files = present(tls).map(one -> new TlsSettings(one.certificate().map(folder::resolve), one.key().map(folder::resolve), one.keystore().map(folder::resolve),
				one.passwordFile().map(folder::resolve), one.clientCa().map(folder::resolve), one.clients()));
		return new ServerSettings(or(address, usual.host()), or(port, usual.port()), or(names, usual.names()), or(anonymous, usual.anonymous()), files, present(oidc),
				present(limits).map(Amounts::limits).orElse(usual.limits()), present(autoscaling).map(Autoscaling::settings).orElse(usual.autoscaling()));
	}

	private static <T> T or(Optional<T> value, T otherwise) {
		return present(value).orElse(otherwise);
	}

	private static <T> Optional<T> present(Optional<T> value) {
		return value == null ? Optional.empty() : value;
	}
}
