// SPDX-License-Identifier: Apache-2.0
// What the approval page does on top of its HTML: the theme's dark class, the countdown, one submission only, and a
// word for the server that a person was there, without which a press has to be confirmed by a second one.
// The page decides nothing by itself and works without this file.
(function () {
  "use strict";

  const root = document.documentElement;
  root.classList.add("ciba-js");

  const darkClass = (root.dataset.darkClass || "").trim();
  if (darkClass) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = function () {
      darkClass.split(/\s+/).forEach(function (name) {
        root.classList.toggle(name, dark.matches);
      });
    };
    apply();
    dark.addEventListener("change", apply);
  }

  // A sign of a person: a pointer or a key before the press, and not within a second of the page's load. Programs that
  // press buttons press them at once, or move, press and release at the same moment; a finger takes longer.
  const SOONEST_AFTER_LOAD = 1000;
  const SOONEST_AFTER_HAND = 30;
  let loadedAt = Infinity;
  let handAt = Infinity;
  let pointer = "";

  // A browser reports a move of its own when the page changes under a pointer that rests.
  function isMoved(event) {
    const before = pointer;
    pointer = event.screenX + " " + event.screenY;
    return before !== "" && before !== pointer;
  }

  ["pointermove", "pointerdown", "touchstart", "wheel", "keydown"].forEach(function (kind) {
    document.addEventListener(
      kind,
      function (event) {
        if (event.isTrusted && (kind !== "pointermove" || isMoved(event))) {
          handAt = Math.min(handAt, performance.now());
        }
      },
      { capture: true, passive: true },
    );
  });

  function isPersonThere() {
    const now = performance.now();
    return now - loadedAt >= SOONEST_AFTER_LOAD && now - handAt >= SOONEST_AFTER_HAND;
  }

  function tellOfThePerson(form) {
    const word = document.createElement("input");
    word.type = "hidden";
    word.name = "presence";
    word.value = "seen";
    form.append(word);
  }

  // A page brought back by the browser may show a decided request as open: ask the server again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      window.location.reload();
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    loadedAt = performance.now();
    const forms = Array.from(document.querySelectorAll("form.ciba-decide, #ciba-revoke-form"));
    showTimesInTheReadersZone();

    // Not every browser heeds "autofocus" on a heading; some complain where a script was first.
    const focus = document.querySelector("[autofocus], [data-focus]");
    if (focus) {
      focus.focus();
    }

    const status = document.getElementById("ciba-status");
    if (!status) {
      goOnWhenDecided();
      countDown(null, function () {
        return false;
      });
      return;
    }
    const buttons = forms.flatMap(function (form) {
      return Array.from(form.elements).filter(function (element) {
        return element.type === "submit";
      });
    });
    let sent = false;

    forms.forEach(function (form) {
      form.addEventListener("submit", function (event) {
        if (sent) {
          event.preventDefault();
          return;
        }
        sent = true;
        if (isPersonThere()) {
          tellOfThePerson(form);
        }
        status.textContent = status.dataset.sending;
        // Later, as a disabled button's value would not be sent.
        window.setTimeout(function () {
          buttons.forEach(function (button) {
            button.disabled = true;
          });
        }, 0);
      });
    });

    countDown(status, function () {
      return sent;
    });
  });

  // On an API's host: the page that was asked for comes as soon as this one is loaded anew.
  function goOnWhenDecided() {
    const waiting = document.getElementById("ciba-waiting");
    if (!waiting) {
      return;
    }
    const pause = Number(waiting.dataset.interval) * 1000;
    const reload = function () {
      window.location.reload();
    };
    const look = function () {
      window
        .fetch(waiting.dataset.statusUrl, { credentials: "omit", cache: "no-store" })
        .then(function (answer) {
          return answer.json();
        })
        .then(function (transaction) {
          if (transaction.status === "pending") {
            window.setTimeout(look, pause);
          } else {
            reload();
          }
        })
        .catch(reload);
    };
    window.setTimeout(look, pause);
  }

  // The server knows no zone of the reader's and says UTC.
  function showTimesInTheReadersZone() {
    let format;
    try {
      format = new Intl.DateTimeFormat(root.lang + "-u-nu-latn", {
        year: "numeric",
        month: "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
        timeZoneName: "short",
      });
    } catch (e) {
      return;
    }
    document.querySelectorAll("time[datetime]").forEach(function (time) {
      const at = new Date(time.dateTime);
      if (!Number.isNaN(at.getTime())) {
        time.textContent = format.format(at);
      }
    });
  }

  function inDigits(left) {
    const hours = Math.floor(left / 3600);
    const minutes = Math.floor(left / 60) % 60;
    const seconds = String(left % 60).padStart(2, "0");
    return hours > 0
      ? hours + ":" + String(minutes).padStart(2, "0") + ":" + seconds
      : minutes + ":" + seconds;
  }

  // What can no longer be pressed goes, and what is to say stands, with the focus, where it was.
  function timeIsUp() {
    document.querySelectorAll(".ciba-while-open").forEach(function (part) {
      part.hidden = true;
    });
    const over = document.getElementById("ciba-over");
    if (!over) {
      return;
    }
    over.hidden = false;
    document.title = over.dataset.title;
    document.getElementById("ciba-over-heading").focus();
  }

  function countDown(status, isSent) {
    const clock = document.getElementById("ciba-countdown");
    if (!clock) {
      return;
    }
    const hint = document.getElementById("ciba-countdown-static");
    if (hint) {
      hint.hidden = true;
    }
    const end = Date.now() + Number(clock.dataset.secondsLeft) * 1000;
    let before = Number(clock.dataset.secondsLeft);

    // Said aloud only when a mark is passed, never every second.
    const marks = status
      ? [
          [60, status.dataset.minute],
          [30, status.dataset.halfMinute],
        ]
      : [];

    function tick() {
      const rest = end - Date.now();
      const left = Math.max(0, Math.ceil(rest / 1000));
      clock.textContent = inDigits(left);
      clock.classList.toggle("ciba-countdown-low", left <= 30);
      if (isSent()) {
        return;
      }
      if (left === 0) {
        timeIsUp();
        return;
      }
      marks.forEach(function (mark) {
        if (before > mark[0] && left <= mark[0]) {
          status.textContent = mark[1];
        }
      });
      before = left;
      window.setTimeout(tick, rest - (left - 1) * 1000);
    }

    tick();
  }
})();
