// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.shadowweaver.api.provision.Instance;

/**
 * One machine of the simulated cloud with the times of its whole life, as far as they are decided. Times after
 * {@link Instant#MAX} do not come.
 *
 * @param id        the cloud's id
 * @param name      its name
 * @param token     of the wish that it fulfils; empty for those that were there from the beginning
 * @param resource  the id under which the source reports it
 * @param group     the group that it was made for
 * @param offer     the id of its type
 * @param zone      where it stands
 * @param tags      its metadata
 * @param createdAt when the cloud took the wish
 * @param visibleAt from when it is listed
 * @param runningAt when the cloud says that it runs
 * @param trafficAt when it has booted, registered and warmed up, and takes load
 * @param failedAt  when it fails
 * @param deletedAt when its removal was asked for
 * @param drain     how long after that it still finishes work
 */
record Machine(String id, String name, String token, String resource, String group, String offer, String zone,
		Map<String, String> tags, Instant createdAt, Instant visibleAt, Instant runningAt, Instant trafficAt,
		Instant failedAt, Instant deletedAt, Duration drain) {
	Machine {
		tags = Map.copyOf(tags);
	}

	/** The same with its removal asked for. */
	Machine deleted(Instant at, Duration drainTime) {
		return new Machine(id, name, token, resource, group, offer, zone, tags, createdAt, visibleAt, runningAt, trafficAt,
				failedAt, at, drainTime);
	}

	/** When it is gone for good. */
	Instant goneAt() {
		return deletedAt.equals(Instant.MAX) ? Instant.MAX : deletedAt.plus(drain);
	}

	/** Whether it takes load, in full or while it drains. */
	boolean carriesLoad(Instant time) {
		return !time.isBefore(trafficAt) && !time.isAfter(deletedAt) || isDraining(time);
	}

	/** Whether it finishes its work and takes less and less of it. */
	boolean isDraining(Instant time) {
		return !time.isBefore(trafficAt) && time.isAfter(deletedAt) && time.isBefore(goneAt());
	}

	/** Its share of the load of a full member, by the progress of draining. */
	double share(Instant time) {
		return isDraining(time)
				? Math.max(0, 1 - Duration.between(deletedAt, time).toMillis() / (double) Math.max(1, drain.toMillis()))
				: 1;
	}

	/** What the cloud says of it. */
	Instance instance(Instant time) {
		Instance.State state;
		String detail = "";
		if (time.isAfter(deletedAt)) {
			state = Instance.State.DELETING;
		} else if (!time.isBefore(failedAt)) {
			state = Instance.State.FAILED;
			detail = "The machine did not come up: its host has no working disk.";
		} else {
			state = time.isBefore(runningAt) ? Instance.State.PENDING : Instance.State.RUNNING;
		}
		return new Instance(id, name, token, resource, offer, zone.substring(0, zone.length() - 1), zone, "", state, createdAt, tags, detail);
	}
}
