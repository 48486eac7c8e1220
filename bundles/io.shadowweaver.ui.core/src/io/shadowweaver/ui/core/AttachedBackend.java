// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.platform.ContributionInfo;

/** The embedded engine with the estates of attached servers, and snapshots that are open, beside its own. Connections are made in the engine alone. */
final class AttachedBackend implements Backend {
	private final Backend own;
	private final Servers servers;
	private final Snapshots snapshots;

	AttachedBackend(Backend own, Servers servers, Snapshots snapshots) {
		this.own = own;
		this.servers = servers;
		this.snapshots = snapshots;
	}

	@Override
	public List<EstateHandle> estates() {
		return Stream.of(own.estates(), servers.estates(), snapshots.estates()).flatMap(List::stream).toList();
	}

	@Override
	public AutoCloseable onEstatesChanged(Runnable callback) {
		AutoCloseable mine = own.onEstatesChanged(callback);
		Runnable theirs = servers.listen(callback);
		Runnable files = snapshots.listen(callback);
		return () -> {
			files.run();
			theirs.run();
			mine.close();
		};
	}

	@Override
	public List<ContributionInfo> contributions() {
		return own.contributions();
	}

	@Override
	public List<Weaver> embedded() {
		return own.embedded();
	}

	@Override
	public List<Status> problems() {
		return own.problems();
	}

	@Override
	public Status test(ConnectionDraft draft) {
		return own.test(draft);
	}

	@Override
	public Optional<GroupPreview> preview(String type, Map<String, String> settings) throws PluginException {
		return own.preview(type, settings);
	}

	@Override
	public String connect(ConnectionDraft draft) throws PluginException {
		Optional<Attachment> elsewhere = attachment(draft.estate());
		if (elsewhere.isPresent()) {
			throw new PluginException("The connections of an estate on " + elsewhere.get().server() + " are made there.");
		}
		if (snapshots.has(draft.estate())) {
			throw new PluginException("A snapshot has no connections.");
		}
		return own.connect(draft);
	}

	private Optional<Attachment> attachment(String estate) {
		return servers.estates().stream().filter(one -> one.id().equals(estate)).findFirst().flatMap(EstateHandle::attachment);
	}

	@Override
	public void disconnect(String estate) throws PluginException {
		if (snapshots.close(estate)) {
			return;
		}
		Optional<Attachment> elsewhere = attachment(estate);
		if (elsewhere.isPresent()) {
			servers.detach(elsewhere.get().id());
		} else {
			own.disconnect(estate);
		}
	}

	@Override
	public void close() {
		own.close();
	}
}
