// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** Runs commands on hosts, over one connection each that is kept open. For one thread. */
final class Shell implements AutoCloseable {
	private final Settings settings;
	private final Duration timeout;
	private final Map<String, SSHClient> clients = new HashMap<>();

	Shell(Settings settings) {
		this.settings = settings;
		this.timeout = settings.duration("timeout");
	}

	/**
	 * What a command came to.
	 *
	 * @param exit   its exit code
	 * @param output standard output
	 */
	record Result(int exit, String output) {
	}

	/**
	 * Runs a command to its end.
	 *
	 * @param input for its standard input
	 * @throws PluginException when the host cannot be reached: before the command was sent, or after, so that its outcome is not known
	 */
	Result run(Host host, String command, String input) throws PluginException {
		SSHClient client = client(host);
		try (Session session = client.startSession()) {
			Session.Command running = session.exec(command);
			try (OutputStream out = running.getOutputStream()) {
				out.write(input.getBytes(StandardCharsets.UTF_8));
			}
			String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			running.join(timeout.toMillis(), TimeUnit.MILLISECONDS);
			if (running.getExitStatus() == null) {
				throw new IOException("the command ended without an exit code");
			}
			return new Result(running.getExitStatus(), output);
		} catch (IOException e) {
			close(host);
			throw new PluginException(settings.mask("Host " + host + " did not answer to the end: " + e.getMessage() + "."), e);
		}
	}

	private SSHClient client(Host host) throws PluginException {
		SSHClient client = clients.get(host.name());
		if (client != null && client.isConnected() && client.isAuthenticated()) {
			return client;
		}
		close(host);
		client = new SSHClient(quiet());
		try {
			connect(client, host);
		} catch (IOException | RuntimeException e) {
			closeQuietly(client);
			throw new PluginException(settings.mask("Host " + host + " cannot be asked: " + reason(e) + ". Take it out of Hosts (hosts) to go on without it."), e);
		}
		clients.put(host.name(), client);
		return client;
	}

	/** sshj tells its life in the log, for each connection. */
	private static DefaultConfig quiet() {
		DefaultConfig config = new DefaultConfig();
		config.setLoggerFactory(new LoggerFactory() {
			@Override
			public Logger getLogger(String name) {
				return NOPLogger.NOP_LOGGER;
			}

			@Override
			public Logger getLogger(Class<?> type) {
				return NOPLogger.NOP_LOGGER;
			}
		});
		return config;
	}

	private void connect(SSHClient client, Host host) throws IOException {
		int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
		client.setConnectTimeout(millis);
		client.setTimeout(millis);
		client.addHostKeyVerifier(new OpenSSHKnownHosts(new File(settings.text("known-hosts"))));
		client.connect(host.address(), host.port());
		if (settings.has("key-file")) {
			KeyProvider key = settings.has("passphrase") ? client.loadKeys(settings.text("key-file"), settings.text("passphrase")) : client.loadKeys(settings.text("key-file"));
			client.authPublickey(host.user(), key);
		} else {
			client.authPassword(host.user(), PasswordUtils.createOneOff(settings.text("password").toCharArray()));
		}
	}

	private static String reason(Exception e) {
		if (e instanceof UserAuthException) {
			return "it does not accept the credentials";
		}
		if (e instanceof TransportException transport && transport.getDisconnectReason() == DisconnectReason.HOST_KEY_NOT_VERIFIABLE) {
			return "its key is not among the known hosts (known-hosts), or is another one";
		}
		return String.valueOf(e.getMessage());
	}

	private void close(Host host) {
		SSHClient client = clients.remove(host.name());
		if (client != null) {
			closeQuietly(client);
		}
	}

	private static void closeQuietly(SSHClient client) {
		try {
			client.close();
		} catch (IOException e) {
			// it is of no use any more, whatever state it is in
		}
	}

	@Override
	public void close() {
		clients.values().forEach(Shell::closeQuietly);
		clients.clear();
	}
}
