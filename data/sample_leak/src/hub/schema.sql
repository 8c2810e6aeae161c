-- SPDX-FileCopyrightText: 2024 Fennimoor Models (invented)
-- SPDX-License-Identifier: MIT

-- Tables of the hub. Part of an invented company's site.
CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY,
  login TEXT NOT NULL,
  contact_email TEXT,
  display_name TEXT,
  created TEXT
);
INSERT INTO accounts VALUES (1, 'admin', 'root@fennimoor.example', 'Root', '2023-01-01');
