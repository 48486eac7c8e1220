// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

import io.shadowweaver.api.provision.Instance;

/**
 * Whether a new machine is ready, by the check of its group: {@code traffic}, {@code running}, {@code tcp:PORT}, or an address
 * {@code http://{address}:8080/health}. Probes run on the executor, one at a time for each machine, and what they found is taken up
 * when {@link #holds} is asked the next time. Used by the weave thread alone; only what was answered is shared with the probes.
 */
final class Readiness {
	/** The machine's address in the address of a check. */
	static final String ADDRESS = "{address}";
	private static final Duration TIME_OUT = Duration.ofSeconds(3);

	/** Asks a machine. */
	@FunctionalInterface
	interface Probe {
		/**
		 * Blocks for a few seconds at most.
		 *
		 * @param address of the machine
		 * @return whether the check holds
		 * @throws IOException when it cannot be reached, which is the same as {@code false}
		 */
		boolean passes(Check check, String address) throws IOException, InterruptedException;
	}

	/** How a group wants to know. */
	sealed interface Check {
		/** What is waited for, for sentences: "no … yet". */
		String awaited();

		/** A source sees the machine carry healthy traffic. */
		record Traffic() implements Check {
			@Override
			public String awaited() {
				return "healthy traffic";
			}
		}

		/** The provider says so. */
		record Running() implements Check {
			@Override
			public String awaited() {
				return "word of the provider that it runs";
			}
		}

		/** Something listens. */
		record Tcp(int port) implements Check {
			@Override
			public String awaited() {
				return "connection to port " + port;
			}
		}

		/**
		 * A page answers with 200 to 299.
		 *
		 * @param url with {@link #ADDRESS} where the machine's address belongs
		 */
		record Http(String url) implements Check {
			@Override
			public String awaited() {
				return "good answer of " + url;
			}
		}

		/** Reads the check of a group; empty for what is none. */
		static Optional<Check> of(String text) {
			String check = text.strip();
			if (check.equals("traffic")) {
				return Optional.of(new Traffic());
			}
			if (check.equals("running")) {
				return Optional.of(new Running());
			}
			if (check.matches("tcp:\\d{1,5}")) {
				int port = Integer.parseInt(check.substring(4));
				return port > 0 && port < 65_536 ? Optional.of(new Tcp(port)) : Optional.empty();
			}
			return check.matches("https?://.+") && check.contains(ADDRESS) && isAddress(check) ? Optional.of(new Http(check)) : Optional.empty();
		}

		private static boolean isAddress(String url) {
			try {
				return Readiness.url(url, "192.0.2.1").getHost() != null;
			} catch (IllegalArgumentException e) {
				return false;
			}
		}
	}

	private final Executor executor;
	private final Probe probe;
	private final Set<String> asked = ConcurrentHashMap.newKeySet();
	private final Set<String> passed = ConcurrentHashMap.newKeySet();

	/** @param executor runs probes, which block */
	Readiness(Executor executor, Probe probe) {
		this.executor = executor;
		this.probe = probe;
	}

	/** Asks machines over the network. */
	static Readiness overNetwork(Executor executor) {
		return new Readiness(executor, new NetworkProbe());
	}

	/** The check of a group; traffic where it is not known, which {@link #fault} tells. */
	static Check check(GroupView view) {
		return view == null ? new Check.Traffic() : Check.of(view.group().readinessCheck()).orElseGet(Check.Traffic::new);
	}

	/** What is wrong with the check of a group; empty for nothing. */
	static Optional<String> fault(GroupView view) {
		String check = view.group().readinessCheck();
		return Check.of(check).isPresent() ? Optional.empty() : Optional.of("The readiness check '" + check + "' of " + view.group().name()
				+ " is not known: traffic, running, tcp:PORT, or an http address with " + ADDRESS + ". Healthy traffic counts until it is set right.");
	}

	/**
	 * Whether a machine that is being made is ready. Starts a probe where one is needed and none runs.
	 *
	 * @param machine as the provider lists it
	 */
	boolean holds(Entry entry, Check check, Optional<Instance> machine, Predicate<String> healthyTraffic) {
		return switch (check) {
		case Check.Traffic traffic -> healthyTraffic.test(entry.resource());
		case Check.Running running -> runs(machine);
		case Check.Tcp tcp -> asked(entry.token(), check, machine);
		case Check.Http http -> asked(entry.token(), check, machine);
		};
	}

	private static boolean runs(Optional<Instance> machine) {
		return machine.isPresent() && machine.get().state() == Instance.State.RUNNING;
	}

	private boolean asked(String token, Check check, Optional<Instance> machine) {
		if (passed.remove(token)) {
			return true;
		}
		if (runs(machine) && !machine.get().address().isBlank() && asked.add(token)) {
			String address = machine.get().address();
			try {
				executor.execute(() -> ask(token, check, address));
			} catch (RejectedExecutionException e) {
				asked.remove(token);
			}
		}
		return false;
	}

	private void ask(String token, Check check, String address) {
		try {
			if (probe.passes(check, address)) {
				passed.add(token);
			}
		} catch (IOException | RuntimeException e) {
			// not ready: asked again at a later step, and the machine's deadline ends it
			passed.remove(token);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			asked.remove(token);
		}
	}

	/** Forgets what was found of other machines. */
	void keep(Set<String> tokens) {
		passed.retainAll(tokens);
	}

	static URI url(String url, String address) {
		boolean bare = address.contains(":") && !address.startsWith("[");
		return URI.create(url.replace(ADDRESS, bare ? "[" + address + "]" : address));
	}

	/** Connects, with a time-out. */
	static final class NetworkProbe implements Probe {
		private HttpClient client;

		@Override
		public boolean passes(Check check, String address) throws IOException, InterruptedException {
			return switch (check) {
			case Check.Tcp tcp -> connects(address, tcp.port());
			case Check.Http http -> answers(url(http.url(), address));
			case Check.Traffic traffic -> throw new IllegalArgumentException("traffic is seen by sources");
			case Check.Running running -> throw new IllegalArgumentException("the provider says what runs");
			};
		}

		private static boolean connects(String address, int port) throws IOException {
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(address, port), (int) TIME_OUT.toMillis());
				return true;
			}
		}

		private boolean answers(URI url) throws IOException, InterruptedException {
			HttpRequest request = HttpRequest.newBuilder(url).timeout(TIME_OUT).GET().build();
			HttpResponse<InputStream> response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
			// the body may be endless and is not read
			response.body().close();
			return response.statusCode() / 100 == 2;
		}

		private synchronized HttpClient client() {
			if (client == null) {
				client = HttpClient.newBuilder().connectTimeout(TIME_OUT).followRedirects(HttpClient.Redirect.NEVER).build();
			}
			return client;
		}
	}
}
