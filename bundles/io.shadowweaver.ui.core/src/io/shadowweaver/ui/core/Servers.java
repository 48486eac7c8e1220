// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.client.ApiException;
import io.shadowweaver.client.Link;
import io.shadowweaver.client.RemoteServer;
import io.shadowweaver.client.ServerAddress;

/**
 * The servers that the workbench is attached to, kept in the workspace; their keys in the secure storage. Their estates stand beside those of the embedded engine. Any
 * thread; what says that it blocks belongs in a Job.
 */
public final class Servers {
	private static final System.Logger LOG = System.getLogger(Servers.class.getName());
	private static final String ADDRESS = "address";
	private static final String AUTHORITY = "authority";
	private static final String FINGERPRINT = "fingerprint";

	private final Preferences kept;
	private final ServerKeys keys;
	private final InstantSource clock;
	private final Map<String, RemoteServer> open = new TreeMap<>();
	private final Map<String, String> troubles = new TreeMap<>();
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
	private boolean closed;

	/**
	 * A server that is attached.
	 *
	 * @param id      names it here
	 * @param address where it is
	 * @param link    how the connection is
	 */
	public record Attached(String id, ServerAddress address, Link link) {
	}

	/**
	 * @param kept  holds a node a server
	 * @param clock the real time
	 */
	Servers(Preferences kept, ServerKeys keys, InstantSource clock) {
		this.kept = kept;
		this.keys = keys;
		this.clock = clock;
	}

	/** Attaches to all that are kept. Blocks on the secure storage. */
	void openKept() {
		try {
			for (String id : kept.childrenNames()) {
				try {
					ServerAddress address = address(id);
					put(id, new RemoteServer(address, keys.get(id), clock));
				} catch (PluginException | ApiException | IllegalArgumentException e) {
					LOG.log(System.Logger.Level.WARNING, "The workbench is not attached to " + id + ": " + e.getMessage());
					trouble(id, e.getMessage());
				}
			}
		} catch (BackingStoreException e) {
			LOG.log(System.Logger.Level.WARNING, "The list of servers cannot be read.", e);
		}
	}

	private ServerAddress address(String id) {
		Preferences node = kept.node(id);
		return ServerAddress.parse(node.get(ADDRESS, ""), node.get(AUTHORITY, ""), node.get(FINGERPRINT, ""));
	}

	private synchronized void trouble(String id, String sentence) {
		troubles.put(id, sentence);
	}

	private void put(String id, RemoteServer server) {
		server.onChanged(this::changed);
		RemoteServer before;
		synchronized (this) {
			if (closed) {
				server.close();
				return;
			}
			troubles.remove(id);
			before = open.put(id, server);
		}
		if (before != null) {
			before.close();
		}
		changed();
	}

	/** An address as it is a name of a folder, too. */
	static String id(ServerAddress address) {
		return address.name().replaceAll("[^A-Za-z0-9._-]+", "-");
	}

	/**
	 * Tries an address and a key; blocks. Nothing is kept.
	 *
	 * @param key blank for none
	 * @return what is there, in a sentence
	 * @throws PluginException with a sentence, where one could not attach
	 */
	public String test(ServerAddress address, String key) throws PluginException {
		try {
			return RemoteServer.test(address, Optional.of(key));
		} catch (ApiException e) {
			throw new PluginException(e.getMessage(), e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new PluginException("It was cancelled.", e);
		}
	}

	/**
	 * Attaches to a server from now on, and keeps that; in place of what was kept under that address. Blocks.
	 *
	 * @param key blank for the one that is kept already
	 * @return its id
	 * @throws PluginException with a sentence, where the server does not let one in, or it cannot be kept; then nothing was changed
	 */
	public String attach(ServerAddress address, String key) throws PluginException {
		String id = id(address);
		String wanted = key.isBlank() ? keys.get(id).orElse("") : key.strip();
		test(address, wanted);
		if (!wanted.isEmpty()) {
			keys.put(id, wanted);
		}
		Preferences node = kept.node(id);
		node.put(ADDRESS, address.uri().toString());
		node.put(AUTHORITY, address.authority().map(Path::toString).orElse(""));
		node.put(FINGERPRINT, address.fingerprint().orElse(""));
		flush();
		try {
			put(id, new RemoteServer(address, Optional.of(wanted), clock));
		} catch (ApiException e) {
			throw new PluginException(e.getMessage(), e);
		}
		return id;
	}

	/** Leaves a server and forgets its key; its estates go on there. Blocks. */
	public void detach(String id) throws PluginException {
		RemoteServer left;
		synchronized (this) {
			left = open.remove(id);
			troubles.remove(id);
		}
		if (left != null) {
			left.close();
		}
		try {
			kept.node(id).removeNode();
		} catch (BackingStoreException e) {
			throw new PluginException("The list of servers cannot be kept: " + e.getMessage(), e);
		}
		flush();
		changed();
		keys.forget(id);
	}

	private void flush() throws PluginException {
		try {
			kept.flush();
		} catch (BackingStoreException e) {
			throw new PluginException("The list of servers cannot be kept: " + e.getMessage(), e);
		}
	}

	/** All that are kept, by id, with what keeps one from being attached. */
	public List<Attached> list() {
		List<Attached> all = new ArrayList<>();
		synchronized (this) {
			open.forEach((id, server) -> all.add(new Attached(id, server.address(), server.link())));
			troubles.forEach((id, sentence) -> all.add(new Attached(id, address(id), new Link(false, clock.instant(), sentence))));
		}
		return all;
	}

	/** The estates of all of them. */
	synchronized List<EstateHandle> estates() {
		return open.entrySet().stream().flatMap(server -> server.getValue().estates().stream().<EstateHandle>map(estate -> new RemoteHandle(server.getKey(), estate))).toList();
	}

	/**
	 * Calls back, on any thread, when a server, a connection or an estate has come or gone.
	 *
	 * @return ends it
	 */
	public Runnable listen(Runnable listener) {
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}

	private void changed() {
		listeners.forEach(Runnable::run);
	}

	/** Leaves all of them, which stay kept. */
	void close() {
		List<RemoteServer> all;
		synchronized (this) {
			closed = true;
			all = List.copyOf(open.values());
			open.clear();
		}
		all.forEach(RemoteServer::close);
	}
}
