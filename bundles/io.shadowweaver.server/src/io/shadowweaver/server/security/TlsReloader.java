// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Reads keys and certificates anew when their files change, while the server runs. Files that do not fit together, such as a new certificate
 * whose key is not there yet, are said in the log and leave what was read before in force.
 */
public final class TlsReloader extends AbstractLifeCycle {
	private static final Logger LOG = System.getLogger(TlsReloader.class.getName());
	private static final long SECONDS = 2;

	private final TlsSettings settings;
	private final SslContextFactory.Server context;
	private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("api-certificates", true);
	private List<String> seen;

	/**
	 * @param settings which files
	 * @param context  what was read from them
	 */
	public TlsReloader(TlsSettings settings, SslContextFactory.Server context) {
		this.settings = settings;
		this.context = context;
		seen = look();
	}

	@Override
	protected void doStart() throws Exception {
		scheduler.start();
		next();
	}

	@Override
	protected void doStop() throws Exception {
		scheduler.stop();
	}

	private void next() {
		scheduler.schedule(this::check, SECONDS, TimeUnit.SECONDS);
	}

	private void check() {
		List<String> now = look();
		if (!now.equals(seen)) {
			seen = now;
			try {
				// the files are tried first: a context that cannot be read would leave the server without one
				TlsFiles.context(settings);
				context.reload(this::read);
				LOG.log(Level.INFO, "The certificates of the API were read anew.");
			} catch (Exception e) {
				LOG.log(Level.WARNING, "The certificates of the API have changed and cannot be used; those of before stay in force: " + e.getMessage());
			}
		}
		next();
	}

	private void read(SslContextFactory same) {
		try {
			TlsFiles.read(settings, context);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Which files these are: another one, or one that was written to, is told by its number, time and length. */
	private List<String> look() {
		return Stream.of(settings.certificate(), settings.key(), settings.keystore(), settings.passwordFile(), settings.clientCa()).flatMap(Optional::stream).map(TlsReloader::look).toList();
	}

	private static String look(Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
		} catch (IOException e) {
			return "not there";
		}
	}
}
