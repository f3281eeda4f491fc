"""The first schema: feeds, updates with their revisions and topics, chats, subscriptions, outbox, audit.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make everything."""
    op.create_table(
        "admins",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_admins")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "chats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", _words("ck_chats_kind", "private", "group", "channel"), nullable=False),
        sa.Column("state", _words("ck_chats_state", "active", "stopped", "gone"), nullable=False),
        sa.Column("state_at", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_chats_telegram_id")),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("interval", sa.BigInteger(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("follow_days", sa.Boolean(), nullable=False),
        sa.Column("state", _words("ck_feeds_state", "active", "paused", "held", "removed"), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("source_title", sa.Text(), nullable=True),
        sa.Column("validators_url", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("baseline_at", sa.BigInteger(), nullable=True),
        sa.Column("found_updates", sa.Integer(), nullable=True),
        sa.Column("found_timed", sa.Integer(), nullable=True),
        sa.Column("next_poll_at", sa.BigInteger(), nullable=True),
        sa.Column("last_read_at", sa.BigInteger(), nullable=True),
        sa.Column("last_attempt_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("rhythm", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("wishes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("fresh_for", sa.BigInteger(), nullable=True),
        sa.Column("alarm", _words("ck_feeds_alarm", "failing", "quiet", "untimed"), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("moved_answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "paused_sites",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_paused_sites")),
    )
    op.create_index("ix_feeds_due", "feeds", ["next_poll_at"], sqlite_where=sa.text("state IN ('active', 'held')"))
    op.create_table(
        "followed_days",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("sought_at", sa.BigInteger(), nullable=True),
        sa.Column("told_for", sa.Date(), nullable=True),
        sa.Column("before_url", sa.Text(), nullable=True),
        sa.Column("before_key", sa.Text(), nullable=True),
        sa.Column("before_until", sa.BigInteger(), nullable=True),
        sa.Column("validators_url", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("found_updates", sa.Integer(), nullable=True),
        sa.Column("found_timed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_followed_days_feed_id")),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_followed_days")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
        sa.UniqueConstraint("slug", name=op.f("uq_topics_slug")),
    )
    op.create_table(
        "destinations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_destinations_chat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destinations")),
        sa.UniqueConstraint("chat_id", "thread_id", name=op.f("uq_destinations_chat_id_thread_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_pages_feed_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("feed_id", "key", name=op.f("uq_pages_feed_id_key")),
    )
    op.create_table(
        "lines",
        sa.Column("chat_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "lane", name=op.f("pk_lines")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lines_due", "lines", ["lane", "due_at"])
    op.create_table(
        "news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=True),
        sa.Column("local_time", sa.Time(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "date_from",
            _words("ck_news_date_from", "header", "printed", "address", "feed", "first-seen"),
            nullable=False,
        ),
        sa.Column("vendor_id", sa.Text(), nullable=True),
        sa.Column("vendor_id_proven", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("service", sa.Boolean(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("exercise", sa.Boolean(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("attribution", sa.JSON(), nullable=False),
        sa.Column("state", _words("ck_news_state", "current", "corrected", "withdrawn", "removed"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("noticed_at", sa.BigInteger(), nullable=False),
        sa.Column("missing_reads", sa.Integer(), nullable=False),
        sa.Column("copy_of", sa.Integer(), nullable=True),
        sa.Column("report_of", sa.Integer(), nullable=True),
        sa.Column("level", _words("ck_news_level", "routine", "important", "breaking"), nullable=False),
        sa.Column("casualties", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("denial", sa.Boolean(), nullable=False),
        sa.Column("all_clear", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["copy_of"], ["news.id"], name=op.f("fk_news_copy_of")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_news_page_id")),
        sa.ForeignKeyConstraint(["report_of"], ["news.id"], name=op.f("fk_news_report_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_news_copies", "news", ["copy_of"], sqlite_where=sa.text("copy_of IS NOT NULL"))
    op.create_index("ix_news_latest", "news", ["at", "id"], sqlite_where=sa.text("service = 0"))
    op.create_index("ix_news_page", "news", ["page_id", "position"])
    op.create_table(
        "subscriptions",
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.SmallInteger(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("mode BETWEEN 0 AND 2", name=op.f("ck_subscriptions_mode")),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_subscriptions_destination_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_subscriptions_topic_id")),
        sa.PrimaryKeyConstraint("destination_id", "topic_id", name=op.f("pk_subscriptions")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subscriptions_topic", "subscriptions", ["topic_id", "mode"])
    op.create_table(
        "news_places",
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("role", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("role BETWEEN 0 AND 2", name=op.f("ck_news_places_role")),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_news_places_news_id")),
        sa.PrimaryKeyConstraint("news_id", "place_id", name=op.f("pk_news_places")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "news_topics",
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("matches", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_news_topics_news_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_news_topics_topic_id")),
        sa.PrimaryKeyConstraint("news_id", "topic_id", name=op.f("pk_news_topics")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "habits",
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("quiet_start", sa.Time(), nullable=True),
        sa.Column("quiet_end", sa.Time(), nullable=True),
        sa.Column("danger_rings", sa.Boolean(), nullable=False),
        sa.Column("muted_until", sa.BigInteger(), nullable=True),
        sa.Column("digest_hourly", sa.Boolean(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_habits_destination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("destination_id", name=op.f("pk_habits")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "muted_stories",
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_muted_stories_destination_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_muted_stories_news_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("destination_id", "news_id", name=op.f("pk_muted_stories")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "followed_places",
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_followed_places_destination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("destination_id", "place_id", name=op.f("pk_followed_places")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "followed_words",
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_followed_words_destination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("destination_id", "word", name=op.f("pk_followed_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_followed_words_word", "followed_words", ["word"])
    op.create_table(
        "outages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feeds", sa.JSON(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    op.create_table(
        "outage_notices",
        sa.Column("outage_id", sa.Integer(), nullable=False),
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("chat_telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state BETWEEN 0 AND 3", name=op.f("ck_outage_notices_state")),
        sa.ForeignKeyConstraint(
            ["outage_id"], ["outages.id"], name=op.f("fk_outage_notices_outage_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_outage_notices_destination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outage_id", "destination_id", name=op.f("pk_outage_notices")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outage_notices_destination", "outage_notices", ["destination_id", "written_at"])
    op.create_index("ix_outage_notices_open", "outage_notices", ["outage_id"], sqlite_where=sa.text("state < 3"))
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("mode", sa.SmallInteger(), nullable=False),
        sa.Column("possibly_sent", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("form", sa.SmallInteger(), nullable=True),
        sa.Column("rang", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind BETWEEN 0 AND 2", name=op.f("ck_outbox_kind")),
        sa.CheckConstraint("state BETWEEN 0 AND 8", name=op.f("ck_outbox_state")),
        sa.CheckConstraint("lane BETWEEN 1 AND 4", name=op.f("ck_outbox_lane")),
        sa.CheckConstraint("mode BETWEEN 0 AND 2", name=op.f("ck_outbox_mode")),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name=op.f("fk_outbox_destination_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_outbox_news_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "news_id", "destination_id", "kind", "revision", name=op.f("uq_outbox_news_id_destination_id_kind_revision")
        ),
    )
    op.create_index(
        "ix_outbox_line", "outbox", ["chat_id", "lane", "due_at"], sqlite_where=sa.text("state < 4 AND state != 2")
    )
    op.create_index("ix_outbox_tried", "outbox", ["chat_id"], sqlite_where=sa.text("state < 4 AND attempt > 0"))
    op.create_table(
        "revisions",
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noticed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_revisions_news_id")),
        sa.PrimaryKeyConstraint("news_id", "number", name=op.f("pk_revisions")),
    )
    op.create_table(
        "messages",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("chat_telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_messages_outbox_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_message", "messages", ["chat_telegram_id", "message_id"])
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("came_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state BETWEEN 0 AND 2", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    op.create_table(
        "inbox_mark",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 0", name=op.f("ck_inbox_mark_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_mark")),
    )
    op.create_table(
        "vocabulary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("spelled", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vocabulary")),
        sa.UniqueConstraint("folded", name=op.f("uq_vocabulary_folded")),
    )
    op.execute("CREATE VIRTUAL TABLE news_words USING fts5(words, tags, content='', columnsize=0, tokenize='ascii')")
    op.execute(
        "CREATE VIRTUAL TABLE vocabulary_parts USING fts5"
        "(folded, content='vocabulary', content_rowid='id', columnsize=0, tokenize='trigram')"
    )


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=16)
