"""Tests of bot/teams."""
