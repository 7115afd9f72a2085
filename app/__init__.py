"""Chartroom. The application is made by `app.factory.create_app`; this module stays empty on purpose, so that the
pure packages (world, payer, billing, coding, records, learning) can be imported without Flask."""
