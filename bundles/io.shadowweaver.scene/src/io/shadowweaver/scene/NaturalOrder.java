// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.util.Comparator;

/** Orders names as people do: {@code web-2} before {@code web-10}. Total: equal only when the texts are equal. */
final class NaturalOrder implements Comparator<String> {
	static final NaturalOrder INSTANCE = new NaturalOrder();

	@Override
	public int compare(String a, String b) {
		int i = 0;
		int j = 0;
		while (i < a.length() && j < b.length()) {
			if (Character.isDigit(a.charAt(i)) && Character.isDigit(b.charAt(j))) {
				int endA = digits(a, i);
				int endB = digits(b, j);
				int order = numbers(a, i, endA, b, j, endB);
				if (order != 0) {
					return order;
				}
				i = endA;
				j = endB;
			} else if (a.charAt(i) != b.charAt(j)) {
				return Character.compare(a.charAt(i), b.charAt(j));
			} else {
				i++;
				j++;
			}
		}
		int rest = Integer.compare(a.length() - i, b.length() - j);
		return rest != 0 ? rest : a.compareTo(b);
	}

	/** Compares numbers of any length by their digits: without leading zeros the longer one is larger. */
	private static int numbers(String a, int fromA, int toA, String b, int fromB, int toB) {
		int i = significant(a, fromA, toA);
		int j = significant(b, fromB, toB);
		int order = Integer.compare(toA - i, toB - j);
		while (order == 0 && i < toA) {
			order = Integer.compare(Character.digit(a.charAt(i++), 10), Character.digit(b.charAt(j++), 10));
		}
		return order;
	}

	private static int significant(String text, int from, int to) {
		int at = from;
		while (at < to && Character.digit(text.charAt(at), 10) == 0) {
			at++;
		}
		return at;
	}

	private static int digits(String text, int from) {
		int end = from;
		while (end < text.length() && Character.isDigit(text.charAt(end))) {
			end++;
		}
		return end;
	}
}
